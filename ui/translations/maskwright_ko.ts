<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>maskwright::ui::EmptyState</name>
        <message>
            <source>cat</source>
            <translation>고양이</translation>
        </message>
        <message>
            <source>A cat</source>
            <translation>고양이</translation>
        </message>
        <message>
            <source>cup</source>
            <translation>컵</translation>
        </message>
        <message>
            <source>A cup of coffee</source>
            <translation>커피 한 잔</translation>
        </message>
        <message>
            <source>person</source>
            <translation>사람</translation>
        </message>
        <message>
            <source>An astronaut</source>
            <translation>우주비행사</translation>
        </message>
        <message>
            <source>Drop a picture here</source>
            <translation>여기에 사진을 놓으세요</translation>
        </message>
        <message>
            <source>Then type what you are looking for, and it lights up.</source>
            <translation>그다음 찾을 것을 입력하면 그 부분이 밝혀집니다.</translation>
        </message>
        <message>
            <source>Open a picture…</source>
            <translation>사진 열기…</translation>
        </message>
        <message>
            <source>Or try one of these</source>
            <translation>또는 이 사진으로 해 보세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::InfoBar</name>
        <message>
            <source>Dismiss (Esc)</source>
            <translation>닫기(Esc)</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::MainWindow</name>
        <message>
            <source>&amp;File</source>
            <translation>파일(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>편집(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>보기(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>모델(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>도움말(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>열기(&amp;O)…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>최근 사진(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Save mask…</source>
            <translation>마스크 저장(&amp;S)…</translation>
        </message>
        <message>
            <source>Save &amp;as</source>
            <translation>다른 형식으로 저장(&amp;A)</translation>
        </message>
        <message>
            <source>Mask, black and white…</source>
            <translation>마스크(흑백)…</translation>
        </message>
        <message>
            <source>Probability, shades of grey…</source>
            <translation>확률(회색조)…</translation>
        </message>
        <message>
            <source>Cutout, without background…</source>
            <translation>배경을 뺀 누끼…</translation>
        </message>
        <message>
            <source>Picture with the mask over it…</source>
            <translation>마스크를 덮은 사진…</translation>
        </message>
        <message>
            <source>Save what was found as a PNG (Ctrl+S)</source>
            <translation>찾은 것을 PNG로 저장(Ctrl+S)</translation>
        </message>
        <message>
            <source>&amp;Copy cutout</source>
            <translation>누끼 복사(&amp;C)</translation>
        </message>
        <message>
            <source>Close picture</source>
            <translation>사진 닫기</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>끝내기(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Paste picture</source>
            <translation>사진 붙여넣기(&amp;P)</translation>
        </message>
        <message>
            <source>Type a &amp;phrase</source>
            <translation>찾을 말 입력(&amp;P)</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>확대(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>축소(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Fit to window</source>
            <translation>창에 맞추기(&amp;F)</translation>
        </message>
        <message>
            <source>Own &amp;size (100 %)</source>
            <translation>실제 크기(100 %)(&amp;S)</translation>
        </message>
        <message>
            <source>Show the &amp;mask</source>
            <translation>마스크 보이기(&amp;M)</translation>
        </message>
        <message>
            <source>Side &amp;panel</source>
            <translation>옆 패널(&amp;P)</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>전체 화면(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Appearance</source>
            <translation>모양(&amp;A)</translation>
        </message>
        <message>
            <source>Like the system</source>
            <translation>시스템에 맞춤</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>언어(&amp;L)</translation>
        </message>
        <message>
            <source>Open a model &amp;folder…</source>
            <translation>모델 폴더 열기(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;About Maskwright</source>
            <translation>Maskwright 정보(&amp;A)</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>Undo: phrase</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>실행 취소(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>다시 실행(&amp;R)</translation>
        </message>
        <message>
            <source>Open a model folder</source>
            <translation>모델 폴더 열기</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>사진 열기</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>모든 파일</translation>
        </message>
        <message>
            <source>Save as PNG</source>
            <translation>PNG로 저장</translation>
        </message>
        <message>
            <source>PNG pictures</source>
            <translation>PNG 사진</translation>
        </message>
        <message>
            <source>Saving %1…</source>
            <translation>%1 저장 중…</translation>
        </message>
        <message>
            <source>Cutout copied</source>
            <translation>누끼를 복사했습니다</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>붙여넣은 사진</translation>
        </message>
        <message>
            <source>There is no picture on the clipboard</source>
            <translation>클립보드에 사진이 없습니다</translation>
        </message>
        <message>
            <source>About Maskwright</source>
            <translation>Maskwright 정보</translation>
        </message>
        <message>
            <source>Say what you are looking for, or show it, and it lights up in the picture.&lt;br&gt;Everything runs on this computer.</source>
            <translation>찾을 것을 말하거나 보여 주면 사진에서 그 부분이 밝혀집니다.&lt;br&gt;모든 계산은 이 컴퓨터에서 합니다.</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later.</source>
            <translation>GNU 일반 공중 사용 허가서 3판 또는 그 이후 판을 따르는 자유 소프트웨어입니다.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>phrase</source>
            <translation>찾을 말</translation>
        </message>
        <message>
            <source>Reading %1…</source>
            <translation>%1 읽는 중…</translation>
        </message>
        <message>
            <source>The computer's slow linear algebra library is in use.</source>
            <translation>느린 선형대수 라이브러리를 쓰고 있습니다.</translation>
        </message>
        <message>
            <source>Install OpenBLAS (libopenblas0-pthread) to make everything many times faster.</source>
            <translation>OpenBLAS(libopenblas0-pthread)를 설치하면 모든 것이 몇 배 빨라집니다.</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 저장했습니다</translation>
        </message>
        <message>
            <source>Nothing like the example here</source>
            <translation>보기와 닮은 것이 여기 없습니다</translation>
        </message>
        <message>
            <source>No “%1” here</source>
            <translation>여기에는 ‘%1’ 없음</translation>
        </message>
        <message>
            <source>The phrase is too long; its end was not read</source>
            <translation>찾을 말이 너무 길어 끝부분은 읽지 않았습니다</translation>
        </message>
        <message>
            <source>%1 - Maskwright</source>
            <translation>%1 - Maskwright</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Open a picture (Ctrl+O)</source>
            <translation>사진 열기(Ctrl+O)</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>The model that looks for things</source>
            <translation>찾는 일을 하는 모델</translation>
        </message>
        <message>
            <source>Show at its own size (Ctrl+1)</source>
            <translation>실제 크기로 보기(Ctrl+1)</translation>
        </message>
        <message>
            <source>Dropped picture</source>
            <translation>끌어다 놓은 사진</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::MaskPanel</name>
        <message>
            <source>%1 · model's own</source>
            <translation>%1 · 모델 기본값</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>문턱값</translation>
        </message>
        <message>
            <source>Best match: %1</source>
            <translation>가장 높은 확률: %1</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>Tint</source>
            <translation>색칠</translation>
        </message>
        <message>
            <source>Spotlight</source>
            <translation>조명</translation>
        </message>
        <message>
            <source>Heat</source>
            <translation>열지도</translation>
        </message>
        <message>
            <source>Colour what was found</source>
            <translation>찾은 것을 색칠합니다</translation>
        </message>
        <message>
            <source>Darken everything else</source>
            <translation>나머지를 어둡게 합니다</translation>
        </message>
        <message>
            <source>Show the probability of every pixel</source>
            <translation>모든 화소의 확률을 보입니다</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>문턱값</translation>
        </message>
        <message>
            <source>From which probability on a pixel belongs to the mask.
Double-click for the model's own.</source>
            <translation>확률이 이 값을 넘는 화소가 마스크가 됩니다.
두 번 누르면 모델 기본값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>진하기</translation>
        </message>
        <message>
            <source>How strongly the mask covers the picture. Double-click for the default.</source>
            <translation>마스크가 사진을 덮는 정도입니다. 두 번 누르면 기본값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>색</translation>
        </message>
        <message>
            <source>Pink</source>
            <translation>분홍</translation>
        </message>
        <message>
            <source>Amber</source>
            <translation>호박</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>초록</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>파랑</translation>
        </message>
        <message>
            <source>Violet</source>
            <translation>보라</translation>
        </message>
        <message>
            <source>The highest probability in the picture. Below the threshold, nothing is marked.</source>
            <translation>사진에서 가장 높은 확률입니다. 문턱값보다 낮으면 아무것도 표시하지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::PhraseBox</name>
        <message>
            <source>What should be found? For example: cat</source>
            <translation>무엇을 찾을까요? 예: 고양이</translation>
        </message>
        <message>
            <source>Phrase</source>
            <translation>찾을 말</translation>
        </message>
        <message>
            <source>Words for the thing to find, in plain language</source>
            <translation>찾을 것을 쉬운 말로 적으세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::StatusLine</name>
        <message>
            <source>%1 ms</source>
            <translation>%1 ms</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>준비됨</translation>
        </message>
        <message>
            <source>Starting the engine…</source>
            <translation>엔진을 시작하는 중…</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>모델을 읽는 중…</translation>
        </message>
        <message>
            <source>Looking at the picture…</source>
            <translation>사진을 살펴보는 중…</translation>
        </message>
        <message>
            <source>Finding…</source>
            <translation>찾는 중…</translation>
        </message>
        <message>
            <source>%1 × %2</source>
            <translation>%1 × %2</translation>
        </message>
        <message>
            <source>%1 on %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 on %2, %3</source>
            <translation>%1 · %2, %3</translation>
        </message>
        <message numerus="yes">
            <source>%1
%Ln parameters, %2 threads, LibTorch %3, %4</source>
            <translation>
                <numerusform>%1
매개변수 %Ln개, 스레드 %2개, LibTorch %3, %4</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture: %1
Phrase: %2
Mask: %3
Edges: %4</source>
            <translation>사진: %1
찾을 말: %2
마스크: %3
가장자리: %4</translation>
        </message>
    </context>
</TS>
