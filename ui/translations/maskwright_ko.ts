<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>QColorDialog</name>
        <message>
            <source>Hu&amp;e:</source>
            <translation>색상(&amp;E):</translation>
        </message>
        <message>
            <source>&amp;Sat:</source>
            <translation>채도(&amp;S):</translation>
        </message>
        <message>
            <source>&amp;Val:</source>
            <translation>명도(&amp;V):</translation>
        </message>
        <message>
            <source>&amp;Red:</source>
            <translation>빨강(&amp;R):</translation>
        </message>
        <message>
            <source>&amp;Green:</source>
            <translation>초록(&amp;G):</translation>
        </message>
        <message>
            <source>Bl&amp;ue:</source>
            <translation>파랑(&amp;U):</translation>
        </message>
        <message>
            <source>A&amp;lpha channel:</source>
            <translation>투명도(&amp;L):</translation>
        </message>
        <message>
            <source>&amp;HTML:</source>
            <translation>웹 색(&amp;H):</translation>
        </message>
        <message>
            <source>&amp;Pick Screen Color</source>
            <translation>화면에서 색 고르기(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Basic colors</source>
            <translation>기본 색(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Custom colors</source>
            <translation>직접 만든 색(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Add to Custom Colors</source>
            <translation>직접 만든 색에 추가(&amp;A)</translation>
        </message>
        <message>
            <source>Select Color</source>
            <translation>색 고르기</translation>
        </message>
        <message>
            <source>Cursor at %1, %2
Press ESC to cancel</source>
            <translation>커서 위치 %1, %2
ESC를 누르면 취소합니다</translation>
        </message>
    </context>
    <context>
        <name>QFileDialog</name>
        <message>
            <source>Look in:</source>
            <translation>위치:</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>뒤로 가기</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>앞으로</translation>
        </message>
        <message>
            <source>Go forward</source>
            <translation>앞으로 가기</translation>
        </message>
        <message>
            <source>Parent Directory</source>
            <translation>위 폴더</translation>
        </message>
        <message>
            <source>Go to the parent directory</source>
            <translation>위 폴더로 가기</translation>
        </message>
        <message>
            <source>Create New Folder</source>
            <translation>새 폴더</translation>
        </message>
        <message>
            <source>Create a New Folder</source>
            <translation>새 폴더를 만듭니다</translation>
        </message>
        <message>
            <source>List View</source>
            <translation>목록</translation>
        </message>
        <message>
            <source>Change to list view mode</source>
            <translation>목록으로 보기</translation>
        </message>
        <message>
            <source>Detail View</source>
            <translation>자세히</translation>
        </message>
        <message>
            <source>Change to detail view mode</source>
            <translation>자세히 보기</translation>
        </message>
        <message>
            <source>Sidebar</source>
            <translation>옆줄</translation>
        </message>
        <message>
            <source>List of places and bookmarks</source>
            <translation>자주 가는 곳</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>Files of type:</source>
            <translation>파일 형식:</translation>
        </message>
        <message>
            <source>File &amp;name:</source>
            <translation>파일 이름(&amp;N):</translation>
        </message>
        <message>
            <source>Directory:</source>
            <translation>폴더:</translation>
        </message>
        <message>
            <source>&amp;Open</source>
            <translation>열기(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Choose</source>
            <translation>고르기(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>저장(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>이름 바꾸기(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>지우기(&amp;D)</translation>
        </message>
        <message>
            <source>Show &amp;hidden files</source>
            <translation>숨긴 파일 보이기(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;New Folder</source>
            <translation>새 폴더(&amp;N)</translation>
        </message>
        <message>
            <source>New Folder</source>
            <translation>새 폴더</translation>
        </message>
        <message>
            <source>Directories</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Recent Places</source>
            <translation>최근에 간 곳</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>빼기</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Find Directory</source>
            <translation>폴더 찾기</translation>
        </message>
        <message>
            <source>Save As</source>
            <translation>다른 이름으로 저장</translation>
        </message>
        <message>
            <source>Show </source>
            <translation>보이기 </translation>
        </message>
        <message>
            <source>%1 already exists.
Do you want to replace it?</source>
            <translation>%1 파일이 이미 있습니다.
바꿀까요?</translation>
        </message>
        <message>
            <source>%1
File not found.
Please verify the correct file name was given.</source>
            <translation>%1
파일을 찾지 못했습니다.
파일 이름을 확인하세요.</translation>
        </message>
        <message>
            <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
            <translation>%1
폴더를 찾지 못했습니다.
폴더 이름을 확인하세요.</translation>
        </message>
    </context>
    <context>
        <name>QFileSystemModel</name>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>Date Modified</source>
            <translation>고친 날</translation>
        </message>
        <message>
            <source>Computer</source>
            <translation>컴퓨터</translation>
        </message>
    </context>
    <context>
        <name>QLineEdit</name>
        <message>
            <source>&amp;Undo</source>
            <translation>실행 취소(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>다시 실행(&amp;R)</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>잘라내기(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>복사(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Paste</source>
            <translation>붙여넣기(&amp;P)</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Select All</source>
            <translation>모두 고르기</translation>
        </message>
    </context>
    <context>
        <name>QPlatformTheme</name>
        <message>
            <source>OK</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>&amp;Yes</source>
            <translation>예(&amp;Y)</translation>
        </message>
        <message>
            <source>&amp;No</source>
            <translation>아니요(&amp;N)</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>버리기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Actions</name>
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
            <source>&amp;Save mask…</source>
            <translation>마스크 저장(&amp;S)…</translation>
        </message>
        <message>
            <source>Cutouts with &amp;soft edges</source>
            <translation>오려낸 그림의 가장자리를 부드럽게(&amp;S)</translation>
        </message>
        <message>
            <source>Pixels at the border are kept in part; off: whole pixels only</source>
            <translation>경계의 픽셀을 일부만 남깁니다. 끄면 픽셀을 통째로 남기거나 지웁니다</translation>
        </message>
        <message>
            <source>&amp;Copy cutout</source>
            <translation>오려낸 그림 복사(&amp;C)</translation>
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
            <source>Open a model &amp;folder…</source>
            <translation>모델 폴더 열기(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;About Maskwright</source>
            <translation>Maskwright 정보(&amp;A)</translation>
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
            <source>F&amp;ull screen</source>
            <translation>전체 화면(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Appearance</source>
            <translation>모양(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>언어(&amp;L)</translation>
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
            <source>Open a &amp;folder…</source>
            <translation>폴더 열기(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;Next picture</source>
            <translation>다음 사진(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Previous picture</source>
            <translation>이전 사진(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Tools</source>
            <translation>도구(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>모델 관리(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;New project</source>
            <translation>새 프로젝트(&amp;N)</translation>
        </message>
        <message>
            <source>Open p&amp;roject…</source>
            <translation>프로젝트 열기(&amp;R)…</translation>
        </message>
        <message>
            <source>Recen&amp;t projects</source>
            <translation>최근 프로젝트(&amp;T)</translation>
        </message>
        <message>
            <source>S&amp;ave project</source>
            <translation>프로젝트 저장(&amp;A)</translation>
        </message>
        <message>
            <source>Save pro&amp;ject as…</source>
            <translation>프로젝트를 다른 이름으로 저장(&amp;J)…</translation>
        </message>
        <message>
            <source>Find m&amp;issing pictures…</source>
            <translation>없어진 사진 찾기(&amp;I)…</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>설정(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts…</source>
            <translation>단축키(&amp;K)…</translation>
        </message>
        <message>
            <source>&amp;Log…</source>
            <translation>로그(&amp;L)…</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>내보내기(&amp;E)…</translation>
        </message>
        <message>
            <source>Mask &amp;view</source>
            <translation>마스크 보기 방식(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Tint</source>
            <translation>색칠(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Outline</source>
            <translation>윤곽선(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Spotlight</source>
            <translation>조명(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Mask</source>
            <translation>마스크(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Cutout</source>
            <translation>오려내기(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Heat</source>
            <translation>열지도(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Before and after</source>
            <translation>전후 비교(&amp;B)</translation>
        </message>
        <message>
            <source>Navi&amp;gator</source>
            <translation>내비게이터(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Correct the mask</source>
            <translation>마스크 수정(&amp;C)</translation>
        </message>
        <message>
            <source>Fill &amp;holes</source>
            <translation>구멍 채우기(&amp;H)</translation>
        </message>
        <message>
            <source>Keep the &amp;largest part</source>
            <translation>가장 큰 부분만 남기기(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Drop specks</source>
            <translation>작은 조각 지우기(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Grow</source>
            <translation>넓히기(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Shrink</source>
            <translation>좁히기(&amp;S)</translation>
        </message>
        <message>
            <source>S&amp;mooth the edge</source>
            <translation>가장자리 다듬기(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Invert</source>
            <translation>반전(&amp;I)</translation>
        </message>
        <message>
            <source>&amp;Remove the correction</source>
            <translation>수정 지우기(&amp;R)</translation>
        </message>
        <message>
            <source>O&amp;pen recent</source>
            <translation>최근 사진(&amp;P)</translation>
        </message>
        <message>
            <source>Sa&amp;ve as</source>
            <translation>다른 형식으로 저장(&amp;V)</translation>
        </message>
        <message>
            <source>I&amp;mport annotations…</source>
            <translation>주석 가져오기(&amp;M)…</translation>
        </message>
        <message>
            <source>Copy mas&amp;k</source>
            <translation>마스크 복사(&amp;K)</translation>
        </message>
        <message>
            <source>C&amp;lose picture</source>
            <translation>사진 닫기(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Type a phrase</source>
            <translation>찾을 말 입력(&amp;T)</translation>
        </message>
        <message>
            <source>Side pan&amp;el</source>
            <translation>옆 패널(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Mask, black and white…</source>
            <translation>마스크(흑백)(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;Probability, shades of grey…</source>
            <translation>확률(회색조)(&amp;P)…</translation>
        </message>
        <message>
            <source>&amp;Cutout, without background…</source>
            <translation>오려낸 그림(배경 없음)(&amp;C)…</translation>
        </message>
        <message>
            <source>Picture &amp;with the mask over it…</source>
            <translation>마스크를 덮은 사진(&amp;W)…</translation>
        </message>
        <message>
            <source>Like the &amp;system</source>
            <translation>시스템에 맞춤(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>밝게(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>어둡게(&amp;D)</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::CompareStyles</name>
        <message>
            <source>best match %1 %</source>
            <translation>가장 높은 확률 %1 %</translation>
        </message>
        <message>
            <source>paper: %1</source>
            <translation>논문: %1</translation>
        </message>
        <message>
            <source>Ways of showing an object</source>
            <translation>물체를 보여 주는 방식</translation>
        </message>
        <message>
            <source>The object's name, for example: cat</source>
            <translation>물체의 이름, 예: 고양이</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>견주기</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>The marked object is a</source>
            <translation>표시한 물체는</translation>
        </message>
        <message>
            <source>way of showing</source>
            <translation>보여 주는 방식</translation>
        </message>
        <message>
            <source>Bars: change in the probability of “%1”, in percentage points over the plain picture's %2 %. A click takes a way over.</source>
            <translation>막대: ‘%1’일 확률의 변화(사진 그대로일 때 %2 %에서 퍼센트포인트). 누르면 그 방식을 씁니다.</translation>
        </message>
        <message>
            <source>Left what the model gets, right what it then finds. A click takes a way over.</source>
            <translation>왼쪽은 모델이 받는 것, 오른쪽은 모델이 찾은 것입니다. 누르면 그 방식을 씁니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Document</name>
        <message>
            <source>phrase</source>
            <translation>찾을 말</translation>
        </message>
        <message>
            <source>keep “%1”</source>
            <translation>“%1” 남기기</translation>
        </message>
        <message>
            <source>remove “%1”</source>
            <translation>“%1” 지우기</translation>
        </message>
        <message>
            <source>order of the rows</source>
            <translation>줄 순서</translation>
        </message>
        <message>
            <source>rows shown</source>
            <translation>줄 표시</translation>
        </message>
        <message>
            <source>pixels of competing rows</source>
            <translation>줄 사이의 픽셀 나누기</translation>
        </message>
        <message>
            <source>keep the rows</source>
            <translation>줄 남기기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::EmptyState</name>
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
        <name>maskwright::ui::Errors</name>
        <message>
            <source>a picture has no file</source>
            <translation>파일이 없는 사진이 있습니다</translation>
        </message>
        <message>
            <source>the SHA-256 of %1 is none</source>
            <translation>%1의 SHA-256 값이 올바르지 않습니다</translation>
        </message>
        <message>
            <source>%1 has the size %2x%3, which no picture has</source>
            <translation>%1의 크기가 %2×%3인데, 그런 크기의 사진은 없습니다</translation>
        </message>
        <message>
            <source>the mixture or the weight of a row is out of its range</source>
            <translation>줄의 혼합 비율이나 가중치가 범위를 벗어났습니다</translation>
        </message>
        <message>
            <source>a threshold is not between 0 and 1</source>
            <translation>임계값이 0과 1 사이가 아닙니다</translation>
        </message>
        <message>
            <source>a setting of the project is out of its range</source>
            <translation>프로젝트 설정값이 범위를 벗어났습니다</translation>
        </message>
        <message>
            <source>a mask has %1x%2 pixels, its picture %3x%4</source>
            <translation>마스크 크기는 %1×%2픽셀인데 사진은 %3×%4픽셀입니다</translation>
        </message>
        <message>
            <source>an example marks nothing</source>
            <translation>아무것도 표시하지 않은 예시가 있습니다</translation>
        </message>
        <message>
            <source>the weight of an example is not between 0 and 100</source>
            <translation>예시의 가중치가 0과 100 사이가 아닙니다</translation>
        </message>
        <message>
            <source>a correction adds and removes the same pixel</source>
            <translation>같은 픽셀을 더하면서 빼는 수정이 있습니다</translation>
        </message>
        <message>
            <source>%1 is no id</source>
            <translation>%1은(는) 올바른 ID가 아닙니다</translation>
        </message>
        <message>
            <source>two things have the id %1</source>
            <translation>ID %1이(가) 두 번 쓰였습니다</translation>
        </message>
        <message>
            <source>a picture is to be added, and there is none</source>
            <translation>추가할 사진이 없습니다</translation>
        </message>
        <message>
            <source>a row is to be added, and there is none</source>
            <translation>추가할 줄이 없습니다</translation>
        </message>
        <message>
            <source>an example is to be added, and there is none</source>
            <translation>추가할 예시가 없습니다</translation>
        </message>
        <message>
            <source>an example is to be changed, and there is none</source>
            <translation>변경할 예시가 없습니다</translation>
        </message>
        <message>
            <source>%1 has another size than the picture it stands for</source>
            <translation>%1의 크기가 대신할 사진과 다릅니다</translation>
        </message>
        <message>
            <source>the row has no example %1</source>
            <translation>줄에 예시 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>the picture has no row %1</source>
            <translation>사진에 줄 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>the project has no picture %1</source>
            <translation>프로젝트에 사진 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>Add picture</source>
            <translation>사진 추가</translation>
        </message>
        <message>
            <source>Remove picture</source>
            <translation>사진 제거</translation>
        </message>
        <message>
            <source>Move picture</source>
            <translation>사진 이동</translation>
        </message>
        <message>
            <source>Change picture file</source>
            <translation>사진 파일 변경</translation>
        </message>
        <message>
            <source>Add row</source>
            <translation>줄 추가</translation>
        </message>
        <message>
            <source>Remove row</source>
            <translation>줄 제거</translation>
        </message>
        <message>
            <source>Move row</source>
            <translation>줄 이동</translation>
        </message>
        <message>
            <source>Rename row</source>
            <translation>줄 이름 변경</translation>
        </message>
        <message>
            <source>Change colour</source>
            <translation>색 변경</translation>
        </message>
        <message>
            <source>Show row</source>
            <translation>줄 표시</translation>
        </message>
        <message>
            <source>Hide row</source>
            <translation>줄 숨기기</translation>
        </message>
        <message>
            <source>Change threshold</source>
            <translation>임계값 변경</translation>
        </message>
        <message>
            <source>Change edges</source>
            <translation>가장자리 변경</translation>
        </message>
        <message>
            <source>Change phrase</source>
            <translation>찾을 말 변경</translation>
        </message>
        <message>
            <source>Change object</source>
            <translation>객체 변경</translation>
        </message>
        <message>
            <source>Correct mask</source>
            <translation>마스크 수정</translation>
        </message>
        <message>
            <source>Add example</source>
            <translation>예시 추가</translation>
        </message>
        <message>
            <source>Remove example</source>
            <translation>예시 제거</translation>
        </message>
        <message>
            <source>Change example</source>
            <translation>예시 변경</translation>
        </message>
        <message>
            <source>Change model</source>
            <translation>모델 변경</translation>
        </message>
        <message>
            <source>Change settings</source>
            <translation>설정 변경</translation>
        </message>
        <message>
            <source>Change nothing</source>
            <translation>변경 없음</translation>
        </message>
        <message>
            <source>%1: this is no edit of a project</source>
            <translation>%1: 프로젝트 편집 기록이 아닙니다</translation>
        </message>
        <message>
            <source>%1 is no Maskwright project</source>
            <translation>%1 파일은 Maskwright 프로젝트가 아닙니다</translation>
        </message>
        <message>
            <source>choose a file that ends in .maskwright</source>
            <translation>.maskwright로 끝나는 파일을 고르세요</translation>
        </message>
        <message>
            <source>%1 was made by a newer Maskwright: its format is %2, this program reads up to %3</source>
            <translation>%1 파일은 더 새로운 Maskwright로 만들었습니다. 파일 형식은 %2이고 이 프로그램은 %3까지 읽습니다</translation>
        </message>
        <message>
            <source>install a newer version; the file was left as it is</source>
            <translation>새 버전을 설치하세요. 파일은 그대로 두었습니다</translation>
        </message>
        <message>
            <source>%1: the list of pictures is missing</source>
            <translation>%1: 사진 목록이 없습니다</translation>
        </message>
        <message>
            <source>the file is damaged, or another program has changed it</source>
            <translation>파일이 손상되었거나 다른 프로그램이 고쳤습니다</translation>
        </message>
        <message>
            <source>%1 is a project of a newer Maskwright and was left as it is</source>
            <translation>%1 파일은 더 새로운 Maskwright의 프로젝트라서 그대로 두었습니다</translation>
        </message>
        <message>
            <source>save the project elsewhere: changes are not kept otherwise</source>
            <translation>프로젝트를 다른 곳에 저장하세요. 그러지 않으면 변경 내용이 남지 않습니다</translation>
        </message>
        <message>
            <source>another Maskwright has %1 open</source>
            <translation>다른 Maskwright가 %1 파일을 열고 있습니다</translation>
        </message>
        <message>
            <source>close the project there first</source>
            <translation>먼저 그쪽에서 프로젝트를 닫으세요</translation>
        </message>
        <message>
            <source>%1 cannot be used: %2</source>
            <translation>%1 파일을 쓸 수 없습니다: %2</translation>
        </message>
        <message>
            <source>it was left as it is; move it away to go on without it</source>
            <translation>파일은 그대로 두었습니다. 이 파일 없이 계속하려면 다른 곳으로 옮기세요</translation>
        </message>
        <message>
            <source>it is no journal of a project</source>
            <translation>프로젝트의 변경 기록이 아닙니다</translation>
        </message>
        <message>
            <source>it was made by a newer Maskwright</source>
            <translation>더 새로운 Maskwright로 만들었습니다</translation>
        </message>
        <message>
            <source>the project's file was replaced by another since</source>
            <translation>그사이 프로젝트 파일이 다른 파일로 바뀌었습니다</translation>
        </message>
        <message>
            <source>it is no JSON object</source>
            <translation>JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is no list</source>
            <translation>%1은(는) 목록이 아닙니다</translation>
        </message>
        <message>
            <source>%1 is missing or no JSON object</source>
            <translation>%1이(가) 없거나 JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>size is no height and width of a picture</source>
            <translation>size가 사진의 높이와 너비가 아닙니다</translation>
        </message>
        <message>
            <source>a threshold of the kind %1 is not known</source>
            <translation>알 수 없는 임계값 종류입니다: %1</translation>
        </message>
        <message>
            <source>%1 is no colour</source>
            <translation>%1은(는) 색이 아닙니다</translation>
        </message>
        <message>
            <source>the pattern %1 does not end in .png</source>
            <translation>이름 패턴 %1이(가) .png로 끝나지 않습니다</translation>
        </message>
        <message>
            <source>results are PNG files</source>
            <translation>결과는 PNG 파일입니다</translation>
        </message>
        <message>
            <source>choose another name, or ask for it to be replaced</source>
            <translation>다른 이름을 고르거나 덮어쓰도록 지정하세요</translation>
        </message>
        <message>
            <source>no picture of the project has a row that is visible</source>
            <translation>프로젝트의 어느 사진에도 표시된 줄이 없습니다</translation>
        </message>
        <message>
            <source>add a row, or show one that is hidden</source>
            <translation>줄을 추가하거나 숨긴 줄을 표시하세요</translation>
        </message>
        <message>
            <source>%1 has %2x%3 pixels, in the project it has %4x%5</source>
            <translation>%1의 크기는 %2×%3픽셀인데 프로젝트에는 %4×%5픽셀로 되어 있습니다</translation>
        </message>
        <message>
            <source>put the picture back that the project was made with</source>
            <translation>프로젝트를 만들 때 쓴 사진을 되돌려 놓으세요</translation>
        </message>
        <message>
            <source>%1 was changed since the project was saved</source>
            <translation>프로젝트를 저장한 뒤 %1 파일이 바뀌었습니다</translation>
        </message>
        <message>
            <source>the row has neither a phrase nor an example</source>
            <translation>줄에 찾을 말도 예시도 없습니다</translation>
        </message>
        <message>
            <source>say what to look for, or remove the row</source>
            <translation>찾을 것을 입력하거나 줄을 제거하세요</translation>
        </message>
        <message>
            <source>the format %1 has a file a picture, and %2 is one file</source>
            <translation>%1 형식은 사진마다 파일이 하나씩 필요한데 %2은(는) 파일 하나입니다</translation>
        </message>
        <message>
            <source>give a folder</source>
            <translation>폴더를 지정하세요</translation>
        </message>
        <message>
            <source>cannot make the folder %1: %2</source>
            <translation>%1 폴더를 만들 수 없습니다: %2</translation>
        </message>
        <message>
            <source>choose another place</source>
            <translation>다른 위치를 고르세요</translation>
        </message>
        <message>
            <source>two pictures would both have the file %1</source>
            <translation>두 사진의 결과가 같은 파일 %1이(가) 됩니다</translation>
        </message>
        <message>
            <source>give them different names, or export them apart</source>
            <translation>이름을 다르게 하거나 따로 내보내세요</translation>
        </message>
        <message>
            <source>its lists of pictures and annotations are missing</source>
            <translation>사진 목록과 주석 목록이 없습니다</translation>
        </message>
        <message>
            <source>it does not have the picture %1</source>
            <translation>%1 사진이 들어 있지 않습니다</translation>
        </message>
        <message>
            <source>its picture has %1x%2 pixels, this one %3x%4</source>
            <translation>파일에 적힌 사진은 %1×%2픽셀인데 이 사진은 %3×%4픽셀입니다</translation>
        </message>
        <message>
            <source>%1: shapes without an inside were passed over: %2</source>
            <translation>%1: 안쪽이 없는 도형 %2개를 건너뛰었습니다</translation>
        </message>
        <message>
            <source>line %1 is no class with an outline</source>
            <translation>%1번째 줄이 클래스와 윤곽선 형식이 아닙니다</translation>
        </message>
        <message>
            <source>line %1: %2</source>
            <translation>%1번째 줄: %2</translation>
        </message>
        <message>
            <source>it is in none of the formats of COCO, labelme and YOLO</source>
            <translation>COCO, labelme, YOLO 중 어느 형식도 아닙니다</translation>
        </message>
        <message>
            <source>the pattern %1 has the place %2, which is unknown</source>
            <translation>이름 패턴 %1에 알 수 없는 자리 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>cannot open %1: %2</source>
            <translation>%1 파일을 열 수 없습니다: %2</translation>
        </message>
        <message>
            <source>cannot read %1: %2</source>
            <translation>%1 파일을 읽을 수 없습니다: %2</translation>
        </message>
        <message>
            <source>cannot write %1: %2</source>
            <translation>%1에 저장할 수 없습니다: %2</translation>
        </message>
        <message>
            <source>cannot store %1: %2</source>
            <translation>%1 내용을 디스크에 남길 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1 is too large: %2 bytes, the limit is %3</source>
            <translation>%1 파일이 너무 큽니다: %2바이트, 한도는 %3바이트</translation>
        </message>
        <message>
            <source>%1 is too large: %2x%3, needing memory for %4 megapixels, the limit is %5</source>
            <translation>%1 사진이 너무 큽니다: %2×%3, 메모리는 %4메가픽셀만큼 필요하며 한도는 %5메가픽셀</translation>
        </message>
        <message>
            <source>%1 is too large: %2x%3, %4 megapixels, the limit is %5</source>
            <translation>%1 사진이 너무 큽니다: %2×%3, %4메가픽셀, 한도는 %5메가픽셀</translation>
        </message>
        <message>
            <source>%1 is cut short: %2</source>
            <translation>%1 파일이 중간에 잘렸습니다: %2</translation>
        </message>
        <message>
            <source>%1 is damaged: %2</source>
            <translation>%1 파일이 손상되었습니다: %2</translation>
        </message>
        <message>
            <source>%1 is empty</source>
            <translation>%1 파일이 비어 있습니다</translation>
        </message>
        <message>
            <source>%1: bytes past its end were asked for</source>
            <translation>%1 파일이 있어야 할 것보다 짧습니다</translation>
        </message>
        <message>
            <source>%1 became shorter while it was read</source>
            <translation>%1 파일이 읽는 동안 짧아졌습니다</translation>
        </message>
        <message>
            <source>the folder %1 cannot be made</source>
            <translation>%1 폴더를 만들 수 없습니다</translation>
        </message>
        <message>
            <source>the folder %1 cannot be written</source>
            <translation>%1 폴더에 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>%1 is there already</source>
            <translation>%1 파일이 이미 있습니다</translation>
        </message>
        <message>
            <source>%1 was left alone: another program has written or changed it; remove it to have it made anew</source>
            <translation>%1 파일은 그대로 두었습니다. 다른 프로그램이 만들거나 고친 파일입니다. 새로 만들려면 지우세요</translation>
        </message>
        <message>
            <source>%1 was replaced: the journal does not say what it was made of</source>
            <translation>%1 파일을 새로 만든 결과로 바꾸었습니다. 무엇으로 만든 파일인지 기록에 없었습니다</translation>
        </message>
        <message>
            <source>without it nobody knows what the results were made of: mend it or move it away</source>
            <translation>이 파일이 없으면 결과를 무엇으로 만들었는지 알 수 없습니다. 고치거나 다른 곳으로 옮기세요</translation>
        </message>
        <message>
            <source>the output %1 has the place %2, which is unknown</source>
            <translation>출력 %1에 알 수 없는 자리 %2가 있습니다</translation>
        </message>
        <message>
            <source>the places are %1</source>
            <translation>쓸 수 있는 자리는 %1입니다</translation>
        </message>
        <message>
            <source>the output %1 is a folder, and %2 has no meaning there</source>
            <translation>출력 %1은 폴더라서 %2를 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>end the pattern with a file's name, e.g. {stem}.png</source>
            <translation>파일 이름으로 끝내세요. 예: {stem}.png</translation>
        </message>
        <message>
            <source>%1 is damaged; some of its pixels may be wrong</source>
            <translation>%1 파일이 손상되었습니다. 일부 픽셀이 틀렸을 수 있습니다</translation>
        </message>
        <message>
            <source>it is a TIFF with %1 channels of %2 bits, with a sign</source>
            <translation>부호가 있는 %2비트 채널 %1개의 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF of the colours %1 (PhotometricInterpretation)</source>
            <translation>색 방식(PhotometricInterpretation)이 %1인 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF of the colours %1 with %2 channels</source>
            <translation>채널이 %2개뿐인 색 방식 %1의 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF of other inks than CMYK</source>
            <translation>CMYK가 아닌 잉크를 쓰는 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF of the compression %1</source>
            <translation>압축 방식이 %1인 TIFF입니다</translation>
        </message>
        <message>
            <source>%1 cannot be a mask: %2</source>
            <translation>%1 파일은 마스크로 쓸 수 없습니다: %2</translation>
        </message>
        <message>
            <source>it has values below zero, or that are no numbers</source>
            <translation>0보다 작거나 숫자가 아닌 값이 있습니다</translation>
        </message>
        <message>
            <source>it has values that are not whole numbers</source>
            <translation>정수가 아닌 값이 있습니다</translation>
        </message>
        <message>
            <source>it has labels above 4294967295</source>
            <translation>4294967295보다 큰 레이블이 있습니다</translation>
        </message>
        <message>
            <source>in the mask %1 black is inside: of a palette the index counts, and black is not its first colour</source>
            <translation>%1 마스크에서는 검은색이 안쪽입니다. 팔레트 사진은 색이 아니라 번호로 읽으며, 검은색이 첫 번째 색이 아닙니다</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>그런 파일이나 폴더가 없습니다</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>권한이 없습니다</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>허용되지 않은 작업입니다</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>폴더입니다</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>폴더가 아닙니다</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>디스크에 남은 공간이 없습니다</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>디스크 할당량을 넘었습니다</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>읽기 전용 파일 시스템입니다</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>디스크를 읽거나 쓰는 데 실패했습니다</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>파일 이름이 너무 깁니다</translation>
        </message>
        <message>
            <source>Too many open files</source>
            <translation>열린 파일이 너무 많습니다</translation>
        </message>
        <message>
            <source>the name holds a zero byte</source>
            <translation>이름에 0바이트가 들어 있습니다</translation>
        </message>
        <message>
            <source>that is not a file name</source>
            <translation>파일 이름이 아닙니다</translation>
        </message>
        <message>
            <source>it is a folder</source>
            <translation>폴더입니다</translation>
        </message>
        <message>
            <source>it is not a regular file</source>
            <translation>보통 파일이 아닙니다</translation>
        </message>
        <message>
            <source>it is no PNG, JPEG, WebP, BMP, TIFF, GIF, HEIC or AVIF picture</source>
            <translation>PNG, JPEG, WebP, BMP, TIFF, GIF, HEIC, AVIF 사진이 아닙니다</translation>
        </message>
        <message>
            <source>Qt's reader of %1 is missing</source>
            <translation>Qt의 %1 읽기 플러그인이 없습니다</translation>
        </message>
        <message>
            <source>it has only %1 bytes</source>
            <translation>%1바이트밖에 없습니다</translation>
        </message>
        <message>
            <source>some of its pixels are missing</source>
            <translation>픽셀 일부가 없습니다</translation>
        </message>
        <message>
            <source>its pixels cannot be decoded</source>
            <translation>픽셀을 풀 수 없습니다</translation>
        </message>
        <message>
            <source>its header says it has no pixels</source>
            <translation>머리 정보에 픽셀이 없다고 되어 있습니다</translation>
        </message>
        <message>
            <source>it holds no pixels</source>
            <translation>픽셀이 없습니다</translation>
        </message>
        <message>
            <source>the PNG ends before its IEND chunk</source>
            <translation>PNG가 IEND 청크 전에 끝납니다</translation>
        </message>
        <message>
            <source>the checksum of its %1 chunk is wrong</source>
            <translation>%1 청크의 검사합이 맞지 않습니다</translation>
        </message>
        <message>
            <source>its PNG signature is broken, as by a transfer in text mode</source>
            <translation>PNG 표식이 깨졌습니다(글자 방식으로 옮겼을 때처럼)</translation>
        </message>
        <message>
            <source>a PNG must begin with an IHDR chunk</source>
            <translation>PNG는 IHDR 청크로 시작해야 합니다</translation>
        </message>
        <message>
            <source>the JPEG ends before its end marker</source>
            <translation>JPEG가 끝 표식 전에 끝납니다</translation>
        </message>
        <message>
            <source>a JPEG marker is missing at byte %1</source>
            <translation>%1바이트 자리에 JPEG 표식이 없습니다</translation>
        </message>
        <message>
            <source>the GIF ends within its first picture</source>
            <translation>GIF가 첫 그림 안에서 끝납니다</translation>
        </message>
        <message>
            <source>the GIF holds no picture</source>
            <translation>GIF에 그림이 없습니다</translation>
        </message>
        <message>
            <source>the WebP has %1 bytes of %2</source>
            <translation>WebP가 %2바이트 가운데 %1바이트뿐입니다</translation>
        </message>
        <message>
            <source>the WebP holds no pixels</source>
            <translation>WebP에 픽셀이 없습니다</translation>
        </message>
        <message>
            <source>the directory of the TIFF lies past its end</source>
            <translation>TIFF의 차례가 파일 끝을 지나 있습니다</translation>
        </message>
        <message>
            <source>some of the pixels of the TIFF lie past its end</source>
            <translation>TIFF의 픽셀 일부가 파일 끝을 지나 있습니다</translation>
        </message>
        <message>
            <source>the mask %1 marks nothing: %2</source>
            <translation>%1 마스크에 표시된 곳이 없습니다. %2</translation>
        </message>
        <message>
            <source>all its pixels are black</source>
            <translation>모든 픽셀이 검은색입니다</translation>
        </message>
        <message>
            <source>all its pixels have the first colour of its palette, which is outside</source>
            <translation>모든 픽셀이 팔레트의 첫 색이며, 이 색은 바깥을 뜻합니다</translation>
        </message>
        <message>
            <source>its brightest value is %1, and its format blurs values</source>
            <translation>가장 밝은 값이 %1이며, 값이 뭉개지는 파일 형식입니다</translation>
        </message>
        <message>
            <source>its format blurs values</source>
            <translation>값이 뭉개지는 파일 형식입니다</translation>
        </message>
        <message>
            <source>it is in colours</source>
            <translation>색이 있는 그림입니다</translation>
        </message>
        <message>
            <source>its transparency says what is inside</source>
            <translation>투명도가 안쪽을 정합니다</translation>
        </message>
        <message>
            <source>give one that is not black where the object is</source>
            <translation>물체가 있는 곳이 검은색이 아닌 마스크를 쓰세요</translation>
        </message>
        <message>
            <source>the mask %1 has no labels to choose from: %2</source>
            <translation>%1 마스크에는 고를 레이블이 없습니다. %2</translation>
        </message>
        <message>
            <source>give a grey or palette PNG whose values are labels</source>
            <translation>값이 레이블인 회색조 또는 팔레트 PNG를 쓰세요</translation>
        </message>
        <message>
            <source>the mask %1 has no label %2</source>
            <translation>%1 마스크에는 레이블 %2이(가) 없습니다</translation>
        </message>
        <message>
            <source>its labels are %1</source>
            <translation>있는 레이블: %1</translation>
        </message>
        <message>
            <source>%1 is in CMYK with a colour profile that cannot be used; its colours are a guess</source>
            <translation>%1은(는) CMYK이고 그 색상 프로파일을 쓸 수 없어 색을 어림했습니다</translation>
        </message>
        <message>
            <source>%1 is in CMYK without a colour profile; its colours are a guess</source>
            <translation>%1은(는) CMYK인데 색상 프로파일이 없어 색을 어림했습니다</translation>
        </message>
        <message>
            <source>the colour profile of %1 is broken or does not fit its pixels; its colours were taken for sRGB</source>
            <translation>%1의 색상 프로파일이 손상되었거나 픽셀과 맞지 않아 sRGB로 읽었습니다</translation>
        </message>
        <message>
            <source>%1 has no end marker, as a JPEG should; its pixels are all there</source>
            <translation>%1에 JPEG 끝 표시가 없지만 픽셀은 모두 있습니다</translation>
        </message>
        <message>
            <source>libheif cannot decode it: %1</source>
            <translation>libheif로 디코딩할 수 없습니다(%1)</translation>
        </message>
        <message>
            <source>%1 has a high dynamic range, which is not followed; its colours are a guess</source>
            <translation>%1은(는) HDR 사진인데 HDR은 지원하지 않아 색을 어림했습니다</translation>
        </message>
        <message>
            <source>it has %1 bits a channel</source>
            <translation>채널당 %1비트입니다</translation>
        </message>
        <message>
            <source>a part of it is longer than the file</source>
            <translation>내용의 일부가 파일보다 깁니다</translation>
        </message>
        <message>
            <source>it holds a film and no picture</source>
            <translation>사진이 아니라 동영상이 들어 있습니다</translation>
        </message>
        <message>
            <source>it does not say how large its picture is</source>
            <translation>사진의 크기가 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>its EXIF block does not end where it says, at byte %1</source>
            <translation>EXIF 블록이 적힌 자리(%1번째 바이트)에서 끝나지 않습니다</translation>
        </message>
        <message>
            <source>its EXIF block is longer than the file</source>
            <translation>EXIF 블록이 파일보다 깁니다</translation>
        </message>
        <message>
            <source>in the mask %1 only values of %2 and more count as inside, because its format blurs values; save masks as PNG</source>
            <translation>%1 마스크에서는 값이 %2 이상인 픽셀만 안쪽으로 칩니다. 값이 뭉개지는 파일 형식이기 때문입니다. 마스크는 PNG로 저장하세요</translation>
        </message>
        <message>
            <source>the mask %1 has %2 different values, and all but zero count as inside; of a soft mask make a black and white one first</source>
            <translation>%1 마스크에는 서로 다른 값이 %2가지 있고, 0이 아닌 값은 모두 안쪽으로 칩니다. 부드러운 마스크라면 먼저 흑백으로 바꾸세요</translation>
        </message>
        <message>
            <source>the region is empty</source>
            <translation>영역이 비어 있습니다</translation>
        </message>
        <message>
            <source>the region is %1 but its picture is %2</source>
            <translation>영역은 %1인데 사진은 %2입니다</translation>
        </message>
        <message>
            <source>the example in %1 has a mask of another size than its picture</source>
            <translation>%1에 있는 예시의 마스크와 사진의 크기가 다릅니다</translation>
        </message>
        <message>
            <source>there is no picture in what was pasted</source>
            <translation>붙여넣은 것에 사진이 없습니다</translation>
        </message>
        <message>
            <source>the picture has no pixels</source>
            <translation>사진에 픽셀이 없습니다</translation>
        </message>
        <message>
            <source>every example has the weight 0</source>
            <translation>모든 예시의 가중치가 0입니다</translation>
        </message>
        <message>
            <source>hiding tokens inside the encoder needs the whole picture, not a crop</source>
            <translation>인코더 안에서 가리려면 자르지 않은 사진 전체가 필요합니다</translation>
        </message>
        <message>
            <source>the model %1 has no tokens to hide: its encoder is not a transformer</source>
            <translation>%1 모델에는 가릴 토큰이 없습니다: 인코더가 트랜스포머가 아닙니다</translation>
        </message>
        <message>
            <source>the size %1 is not a multiple of %2 from %3 to %4</source>
            <translation>크기 %1은(는) %3에서 %4 사이의 %2 배수가 아닙니다</translation>
        </message>
        <message>
            <source>there is no model folder %1</source>
            <translation>%1 모델 폴더가 없습니다</translation>
        </message>
        <message>
            <source>there is no built-in model or folder called %1</source>
            <translation>%1(이)라는 내장 모델이나 폴더가 없습니다</translation>
        </message>
        <message>
            <source>%1 is not a folder</source>
            <translation>%1은(는) 폴더가 아닙니다</translation>
        </message>
        <message>
            <source>%1 holds %2 but no model.safetensors</source>
            <translation>%1에 %2 파일은 있지만 model.safetensors가 없습니다</translation>
        </message>
        <message>
            <source>rename that file to %1 to use it</source>
            <translation>그 파일을 쓰려면 이름을 %1(으)로 바꾸세요</translation>
        </message>
        <message>
            <source>%1 holds no vocabulary</source>
            <translation>%1에 어휘 파일이 없습니다</translation>
        </message>
        <message>
            <source>%1 holds no %2</source>
            <translation>%1에 %2 파일이 없습니다</translation>
        </message>
        <message>
            <source>%1 has no tokenizer</source>
            <translation>%1에 토크나이저가 없습니다</translation>
        </message>
        <message>
            <source>%1: its tensors do not fit the configuration: %2</source>
            <translation>%1: 텐서가 설정과 맞지 않습니다: %2</translation>
        </message>
        <message>
            <source>%1: tensor %2 is missing</source>
            <translation>%1: %2 텐서가 없습니다</translation>
        </message>
        <message>
            <source>%1 is of a %2 model, not clipseg</source>
            <translation>%1은(는) clipseg가 아니라 %2 모델의 것입니다</translation>
        </message>
        <message>
            <source>%1 is not a JSON object</source>
            <translation>%1은(는) JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>not enough memory for %1</source>
            <translation>메모리가 모자랍니다: %1</translation>
        </message>
        <message>
            <source>not enough memory to write %1</source>
            <translation>%1 저장에 쓸 메모리가 모자랍니다</translation>
        </message>
        <message>
            <source>not enough memory to read %1</source>
            <translation>%1 읽기에 쓸 메모리가 모자랍니다</translation>
        </message>
        <message>
            <source>%1 is not an amount of memory</source>
            <translation>%1은(는) 메모리 크기가 아닙니다</translation>
        </message>
        <message>
            <source>say it as 500M or 2G</source>
            <translation>500M이나 2G처럼 적으세요</translation>
        </message>
        <message>
            <source>%1 tiles are not from 2 to %2</source>
            <translation>타일 수 %1은(는) 2부터 %2까지가 아닙니다</translation>
        </message>
        <message>
            <source>give another number of tiles</source>
            <translation>다른 타일 수를 지정하세요</translation>
        </message>
        <message>
            <source>a picture of %1x%2 needs about %3 GB and %4 GB are free</source>
            <translation>%1x%2 그림에는 약 %3 GB가 필요한데 %4 GB만 비어 있습니다</translation>
        </message>
        <message>
            <source>the request</source>
            <translation>이번 찾기</translation>
        </message>
        <message>
            <source>encoding the picture</source>
            <translation>사진 살펴보기</translation>
        </message>
        <message>
            <source>encoding the phrase</source>
            <translation>찾을 말 읽기</translation>
        </message>
        <message>
            <source>encoding the support picture</source>
            <translation>예시 살펴보기</translation>
        </message>
        <message>
            <source>encoding the prompt</source>
            <translation>찾을 것 읽기</translation>
        </message>
        <message>
            <source>loading the model</source>
            <translation>모델 읽기</translation>
        </message>
        <message>
            <source>%1 failed in LibTorch: %2</source>
            <translation>LibTorch에서 %1에 실패했습니다: %2</translation>
        </message>
        <message>
            <source>%1 failed: %2</source>
            <translation>%1에 실패했습니다: %2</translation>
        </message>
        <message>
            <source>the device %1 is not auto, cpu or cuda:N</source>
            <translation>%1 장치는 auto, cpu, cuda:N이 아닙니다</translation>
        </message>
        <message>
            <source>there are only %1 CUDA devices, so no %2</source>
            <translation>CUDA 장치가 %1개뿐이라 %2을(를) 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>its runs cover %1 pixels, the picture has %2</source>
            <translation>런이 덮는 픽셀은 %1개인데 그림의 픽셀은 %2개입니다</translation>
        </message>
        <message>
            <source>its compressed runs end in the middle of a number</source>
            <translation>압축된 런이 숫자 중간에서 끝납니다</translation>
        </message>
        <message>
            <source>its compressed runs hold a character that does not belong there</source>
            <translation>압축된 런에 있을 수 없는 문자가 있습니다</translation>
        </message>
        <message>
            <source>one of its runs has the length %1</source>
            <translation>런 하나의 길이가 %1입니다</translation>
        </message>
        <message>
            <source>a polygon has %1 numbers (an even number, at least 6, is needed)</source>
            <translation>다각형의 수가 %1개입니다(6개 이상의 짝수 개여야 합니다)</translation>
        </message>
        <message>
            <source>a polygon holds a number that is no coordinate</source>
            <translation>다각형에 좌표가 아닌 수가 있습니다</translation>
        </message>
        <message>
            <source>the reason is not known</source>
            <translation>까닭을 알 수 없습니다</translation>
        </message>
        <message>
            <source>there is no CUDA device for %1</source>
            <translation>%1에 맞는 CUDA 장치가 없습니다</translation>
        </message>
        <message>
            <source>the number type %1 is not auto, float32, bfloat16 or float16</source>
            <translation>%1 수 형식은 auto, float32, bfloat16, float16 중 하나가 아닙니다</translation>
        </message>
        <message>
            <source>float16 is for GPUs, and the model runs on the processor</source>
            <translation>float16은 GPU용인데 모델이 CPU에서 실행됩니다</translation>
        </message>
        <message>
            <source>use auto, float32 or bfloat16</source>
            <translation>auto, float32, bfloat16 중 하나를 쓰세요</translation>
        </message>
        <message>
            <source>the memory of %1 is full: %2 goes on on the processor, which takes longer</source>
            <translation>%1의 메모리가 부족합니다. %2을(를) CPU에서 계속 실행하므로 더 오래 걸립니다</translation>
        </message>
        <message>
            <source>the engine's library %1 is missing</source>
            <translation>엔진 라이브러리 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>the engine could not be started: %1</source>
            <translation>엔진을 시작하지 못했습니다: %1</translation>
        </message>
        <message>
            <source>the engine is version %1, the window %2</source>
            <translation>엔진은 %1판, 창은 %2판입니다</translation>
        </message>
        <message>
            <source>check the path</source>
            <translation>경로를 확인하세요</translation>
        </message>
        <message>
            <source>check the file's permissions</source>
            <translation>파일 권한을 확인하세요</translation>
        </message>
        <message>
            <source>check the disk and its permissions</source>
            <translation>디스크와 권한을 확인하세요</translation>
        </message>
        <message>
            <source>check that it is the right file</source>
            <translation>맞는 파일인지 확인하세요</translation>
        </message>
        <message>
            <source>check the path or the model's name</source>
            <translation>경로나 모델 이름을 확인하세요</translation>
        </message>
        <message>
            <source>check that config.json and the weights are of the same model</source>
            <translation>config.json과 가중치가 같은 모델의 것인지 확인하세요</translation>
        </message>
        <message>
            <source>check or replace that file</source>
            <translation>그 파일을 확인하거나 바꾸세요</translation>
        </message>
        <message>
            <source>choose a file</source>
            <translation>파일의 경로를 주세요</translation>
        </message>
        <message>
            <source>get the file again</source>
            <translation>파일을 다시 받으세요</translation>
        </message>
        <message>
            <source>get the file again, or save the picture anew</source>
            <translation>파일을 다시 받거나 사진을 새로 저장하세요</translation>
        </message>
        <message>
            <source>get the file again, or choose another model</source>
            <translation>파일을 다시 받거나 다른 모델을 고르세요</translation>
        </message>
        <message>
            <source>the file may be incomplete; get it again</source>
            <translation>파일이 덜 받아졌을 수 있습니다. 다시 받으세요</translation>
        </message>
        <message>
            <source>the file is damaged or no safetensors file; get it again</source>
            <translation>파일이 손상되었거나 safetensors 파일이 아닙니다. 다시 받으세요</translation>
        </message>
        <message>
            <source>free some space on that disk</source>
            <translation>그 디스크에 자리를 비우세요</translation>
        </message>
        <message>
            <source>choose a folder you may write to</source>
            <translation>쓸 수 있는 폴더를 고르세요</translation>
        </message>
        <message>
            <source>make the folder first, or choose another</source>
            <translation>먼저 폴더를 만들거나 다른 폴더를 고르세요</translation>
        </message>
        <message>
            <source>choose another name</source>
            <translation>다른 이름을 고르세요</translation>
        </message>
        <message>
            <source>choose another model</source>
            <translation>다른 모델을 고르세요</translation>
        </message>
        <message>
            <source>save the picture in one of these formats</source>
            <translation>이 형식 가운데 하나로 사진을 저장하세요</translation>
        </message>
        <message>
            <source>save the picture as PNG, JPEG, WebP, BMP, TIFF or GIF with 8 or 16 bits a channel</source>
            <translation>채널마다 8비트나 16비트인 PNG, JPEG, WebP, BMP, TIFF, GIF로 사진을 저장하세요</translation>
        </message>
        <message>
            <source>install qt6-image-formats-plugins</source>
            <translation>qt6-image-formats-plugins를 설치하세요</translation>
        </message>
        <message>
            <source>close other programs or reduce the picture</source>
            <translation>다른 프로그램을 닫거나 사진을 줄이세요</translation>
        </message>
        <message>
            <source>close other programs</source>
            <translation>다른 프로그램을 닫으세요</translation>
        </message>
        <message>
            <source>close other programs, or choose a smaller model</source>
            <translation>다른 프로그램을 닫거나 더 작은 모델을 고르세요</translation>
        </message>
        <message>
            <source>mark at least one pixel of the object</source>
            <translation>물체의 픽셀을 하나라도 표시하세요</translation>
        </message>
        <message>
            <source>give a region of the picture's size</source>
            <translation>사진과 같은 크기의 영역을 쓰세요</translation>
        </message>
        <message>
            <source>remove it and keep it anew</source>
            <translation>지우고 새로 간직하세요</translation>
        </message>
        <message>
            <source>copy a picture first</source>
            <translation>먼저 사진을 복사하세요</translation>
        </message>
        <message>
            <source>open another picture</source>
            <translation>다른 사진을 여세요</translation>
        </message>
        <message>
            <source>give at least one a weight above 0</source>
            <translation>하나라도 가중치를 0보다 크게 하세요</translation>
        </message>
        <message>
            <source>turn “Crop to the object” off</source>
            <translation>“물체에 맞춰 자르기”를 끄세요</translation>
        </message>
        <message>
            <source>choose a way of showing that changes pixels, or a CLIPSeg model</source>
            <translation>픽셀을 바꾸는 방식이나 CLIPSeg 모델을 고르세요</translation>
        </message>
        <message>
            <source>no built-in model was found: install Maskwright again, or open a model folder from the Model menu</source>
            <translation>내장 모델을 찾지 못했습니다. Maskwright를 다시 설치하거나 ‘모델’ 메뉴에서 모델 폴더를 여세요</translation>
        </message>
        <message>
            <source>built-in models: %1; choose one in the Model menu</source>
            <translation>내장 모델: %1. ‘모델’ 메뉴에서 고르세요</translation>
        </message>
        <message>
            <source>give a model folder in the Hugging Face layout</source>
            <translation>Hugging Face 배치의 모델 폴더를 고르세요</translation>
        </message>
        <message>
            <source>give the folder that holds config.json and model.safetensors</source>
            <translation>config.json과 model.safetensors가 있는 폴더를 고르세요</translation>
        </message>
        <message>
            <source>get the model's model.safetensors, which holds the same tensors without code, or load the folder with transformers and save it again</source>
            <translation>같은 텐서를 코드 없이 담은 model.safetensors를 받거나, transformers로 폴더를 불러와 다시 저장하세요</translation>
        </message>
        <message>
            <source>get the list and all its files again</source>
            <translation>목록과 그 파일을 모두 다시 받으세요</translation>
        </message>
        <message>
            <source>tensor %1 is in two of its files, %2 and %3</source>
            <translation>%1 텐서가 두 파일 %2, %3에 모두 있습니다</translation>
        </message>
        <message>
            <source>it has no weight_map from tensors to files</source>
            <translation>텐서마다 파일을 적은 weight_map이 없습니다</translation>
        </message>
        <message>
            <source>the file of tensor %1 is %2, not the name of a file beside it</source>
            <translation>%1 텐서의 파일로 적힌 %2: 같은 폴더에 있는 파일의 이름이 아닙니다</translation>
        </message>
        <message>
            <source>it names more than %1 files</source>
            <translation>파일을 %1개보다 많이 적었습니다</translation>
        </message>
        <message>
            <source>its file %1 is missing</source>
            <translation>목록에 있는 파일 %1 없음</translation>
        </message>
        <message>
            <source>tensor %1 is not in its file %2</source>
            <translation>%1 텐서가 목록에 적힌 파일 %2에 없습니다</translation>
        </message>
        <message>
            <source>get that file and put it beside config.json</source>
            <translation>그 파일을 받아 config.json 옆에 두세요</translation>
        </message>
        <message>
            <source>put vocab.json and merges.txt, tokenizer.json or tokenizer.model there</source>
            <translation>vocab.json과 merges.txt, 또는 tokenizer.json이나 tokenizer.model을 그곳에 두세요</translation>
        </message>
        <message>
            <source>take the list that belongs to the weights</source>
            <translation>그 가중치의 낱말 목록을 쓰세요</translation>
        </message>
        <message>
            <source>line %1 is not one word</source>
            <translation>%1번째 줄이 낱말 하나가 아닙니다</translation>
        </message>
        <message>
            <source>line %1 is not a word, a tab and a name</source>
            <translation>%1번째 줄이 낱말, 탭, 이름 순서가 아닙니다</translation>
        </message>
        <message>
            <source>it has %1 words and says that they are %2</source>
            <translation>낱말이 %2개라고 적혀 있지만 %1개뿐입니다</translation>
        </message>
        <message>
            <source>there is no word in it</source>
            <translation>낱말이 하나도 없습니다</translation>
        </message>
        <message>
            <source>the model's config.json has known_words: put its list there</source>
            <translation>모델의 config.json에 known_words가 켜져 있으니 그 목록을 이 자리에 두세요</translation>
        </message>
        <message>
            <source>take the config.json that belongs to the weights</source>
            <translation>그 가중치의 config.json을 쓰세요</translation>
        </message>
        <message>
            <source>take the config.json that belongs to these weights</source>
            <translation>이 가중치의 config.json을 쓰세요</translation>
        </message>
        <message>
            <source>take the files that belong together</source>
            <translation>서로 짝이 맞는 파일을 쓰세요</translation>
        </message>
        <message>
            <source>%1.classifier.output_stride is not %2</source>
            <translation>%1.classifier.output_stride가 %2이(가) 아닙니다</translation>
        </message>
        <message>
            <source>take the preprocessor_config.json that belongs to the weights</source>
            <translation>그 가중치의 preprocessor_config.json을 쓰세요</translation>
        </message>
        <message>
            <source>choose a folder with CLIPSeg weights</source>
            <translation>CLIPSeg 가중치가 있는 폴더를 고르세요</translation>
        </message>
        <message>
            <source>install Maskwright again, or build all of it</source>
            <translation>Maskwright를 다시 설치하거나 모두 빌드하세요</translation>
        </message>
        <message>
            <source>install Maskwright again</source>
            <translation>Maskwright를 다시 설치하세요</translation>
        </message>
        <message>
            <source>install LibTorch and OpenCV again</source>
            <translation>LibTorch와 OpenCV를 다시 설치하세요</translation>
        </message>
        <message>
            <source>This cannot be asked</source>
            <translation>이렇게는 찾을 수 없습니다</translation>
        </message>
        <message>
            <source>This file cannot be used</source>
            <translation>이 파일은 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>The model cannot be used</source>
            <translation>모델을 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>The computer could not do it</source>
            <translation>컴퓨터가 해내지 못했습니다</translation>
        </message>
        <message>
            <source>The file could not be saved</source>
            <translation>파일을 저장하지 못했습니다</translation>
        </message>
        <message>
            <source>This was stopped</source>
            <translation>멈추었습니다</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>the mask %1 and the picture %2 have different sizes</source>
            <translation>%1 마스크와 %2 사진의 크기가 다릅니다</translation>
        </message>
        <message>
            <source>choose the picture the mask was made for</source>
            <translation>마스크를 만든 사진을 고르세요</translation>
        </message>
        <message>
            <source>the engine gave no mask</source>
            <translation>엔진이 마스크를 내지 않았습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 holds numbers that are not finite</source>
            <translation>%1: %2 텐서에 유한하지 않은 수가 있습니다</translation>
        </message>
        <message>
            <source>the model %1 gives numbers that are not finite</source>
            <translation>%1 모델이 유한하지 않은 수를 냅니다</translation>
        </message>
        <message>
            <source>the model %1 has %2 blocks, none of them is block %3</source>
            <translation>%1 모델에는 블록이 %2개이고 %3번 블록은 없습니다</translation>
        </message>
        <message>
            <source>the model %1 names the input size %2, which is not a multiple of %3 from %4 to %5</source>
            <translation>%1 모델이 적은 입력 크기 %2은(는) %4에서 %5 사이의 %3 배수가 아닙니다</translation>
        </message>
        <message>
            <source>the weights are damaged; get the file again</source>
            <translation>가중치가 손상되었습니다. 파일을 다시 받으세요</translation>
        </message>
        <message>
            <source>its weights are damaged or of another model; get them again</source>
            <translation>가중치가 손상되었거나 다른 모델의 것입니다. 다시 받으세요</translation>
        </message>
        <message>
            <source>choose a block from 0 to %1</source>
            <translation>0에서 %1 사이의 블록을 고르세요</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>이미 있는 파일입니다</translation>
        </message>
        <message>
            <source>Directory not empty</source>
            <translation>폴더가 비어 있지 않습니다</translation>
        </message>
        <message>
            <source>File too large</source>
            <translation>파일이 너무 큽니다</translation>
        </message>
        <message>
            <source>Too many levels of symbolic links</source>
            <translation>심볼릭 링크가 너무 여러 번 이어집니다</translation>
        </message>
        <message>
            <source>it was written already</source>
            <translation>이미 저장했습니다</translation>
        </message>
        <message>
            <source>it holds binary data</source>
            <translation>이진 데이터가 들어 있습니다</translation>
        </message>
        <message>
            <source>the key %1 is there twice</source>
            <translation>%1 키가 두 번 나옵니다</translation>
        </message>
        <message>
            <source>the text is UTF-16, not UTF-8</source>
            <translation>텍스트가 UTF-8이 아니라 UTF-16입니다</translation>
        </message>
        <message>
            <source>save the file as UTF-8</source>
            <translation>파일을 UTF-8로 저장하세요</translation>
        </message>
        <message>
            <source>the text is not UTF-8 at byte %1</source>
            <translation>%1바이트 자리의 글이 UTF-8이 아닙니다</translation>
        </message>
        <message>
            <source>not valid JSON at byte %1</source>
            <translation>%1바이트 자리에서 JSON 문법에 맞지 않습니다</translation>
        </message>
        <message>
            <source>not valid JSON</source>
            <translation>JSON 문법에 맞지 않습니다</translation>
        </message>
        <message>
            <source>it has more than %1 values</source>
            <translation>값이 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>it is nested deeper than %1 levels</source>
            <translation>%1단계보다 깊이 겹쳐 있습니다</translation>
        </message>
        <message>
            <source>too large: %1 bytes, the limit is %2</source>
            <translation>너무 큽니다: %1바이트, 한도는 %2바이트</translation>
        </message>
        <message>
            <source>not a JSON object</source>
            <translation>JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is not a whole number</source>
            <translation>%1 값이 정수가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is %2, not between %3 and %4</source>
            <translation>%1 값이 %2인데 %3에서 %4 사이여야 합니다</translation>
        </message>
        <message>
            <source>%1 is not a number</source>
            <translation>%1 값이 수가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is neither true nor false</source>
            <translation>%1 값이 true도 false도 아닙니다</translation>
        </message>
        <message>
            <source>%1 is not a text</source>
            <translation>%1 값이 문자열이 아닙니다</translation>
        </message>
        <message>
            <source>%1 is missing, and its default holds %2, not between %3 and %4</source>
            <translation>%1 항목이 없고, 기본값의 %2은(는) %3에서 %4 사이가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is not a list of whole numbers</source>
            <translation>%1 값이 정수 목록이 아닙니다</translation>
        </message>
        <message>
            <source>%1 has %2 entries, at most %3 are allowed</source>
            <translation>%1에 항목이 %2개인데 %3개까지만 됩니다</translation>
        </message>
        <message>
            <source>%1 holds %2, not between %3 and %4</source>
            <translation>%1에 %2이(가) 있는데 %3에서 %4 사이여야 합니다</translation>
        </message>
        <message>
            <source>copy the whole model folder</source>
            <translation>모델 폴더를 통째로 복사하세요</translation>
        </message>
        <message>
            <source>%1 is missing</source>
            <translation>%1 항목이 없습니다</translation>
        </message>
        <message>
            <source>the picture has no pixels, or there is too little memory for it</source>
            <translation>사진에 픽셀이 없거나 메모리가 모자랍니다</translation>
        </message>
        <message>
            <source>the mask has no pixels</source>
            <translation>마스크에 픽셀이 없습니다</translation>
        </message>
        <message>
            <source>picture and mask differ in size</source>
            <translation>사진과 마스크의 크기가 다릅니다</translation>
        </message>
        <message>
            <source>index %1 has no colour among %2</source>
            <translation>색 %2개 가운데 %1번 색이 없습니다</translation>
        </message>
        <message>
            <source>it is a BMP of an unknown kind</source>
            <translation>알 수 없는 종류의 BMP입니다</translation>
        </message>
        <message>
            <source>its header says it is %1x%2</source>
            <translation>머리 정보에 크기가 %1×%2(이)라고 되어 있습니다</translation>
        </message>
        <message>
            <source>its header says it has %1 bits a pixel</source>
            <translation>머리 정보에 픽셀마다 %1비트라고 되어 있습니다</translation>
        </message>
        <message>
            <source>it is a BMP with JPEG or PNG inside</source>
            <translation>안에 JPEG나 PNG가 든 BMP입니다</translation>
        </message>
        <message>
            <source>the BMP has %1 bytes of %2</source>
            <translation>BMP가 %2바이트 가운데 %1바이트뿐입니다</translation>
        </message>
        <message>
            <source>a GIF block of an unknown kind stands at byte %1</source>
            <translation>%1바이트 자리에 알 수 없는 종류의 GIF 블록이 있습니다</translation>
        </message>
        <message>
            <source>a JPEG segment has no length at byte %1</source>
            <translation>%1바이트 자리의 JPEG 세그먼트에 길이가 없습니다</translation>
        </message>
        <message>
            <source>it is a JPEG with %1 bits a channel</source>
            <translation>채널마다 %1비트인 JPEG입니다</translation>
        </message>
        <message>
            <source>it is a lossless or hierarchical JPEG</source>
            <translation>무손실이나 계층 방식의 JPEG입니다</translation>
        </message>
        <message>
            <source>its pixels come before its size</source>
            <translation>크기보다 픽셀이 먼저 나옵니다</translation>
        </message>
        <message>
            <source>it has more than %1 scans</source>
            <translation>스캔이 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>its IHDR chunk describes no kind of PNG there is</source>
            <translation>IHDR 청크가 적은 것은 PNG에 없는 종류입니다</translation>
        </message>
        <message>
            <source>it holds a necessary PNG chunk that does not exist</source>
            <translation>PNG에 없는 필수 청크가 들어 있습니다</translation>
        </message>
        <message>
            <source>its palette is missing or misshapen</source>
            <translation>팔레트가 없거나 모양이 잘못되었습니다</translation>
        </message>
        <message>
            <source>it says it is %1x%2 but holds only %3 bytes of pixels</source>
            <translation>크기가 %1×%2(이)라는데 픽셀이 %3바이트뿐입니다</translation>
        </message>
        <message>
            <source>its directory gives no sensible size</source>
            <translation>차례에 적힌 크기가 말이 되지 않습니다</translation>
        </message>
        <message>
            <source>it is a TIFF with %1 channels of %2 bits, floating point</source>
            <translation>%2비트 부동소수점 채널이 %1개인 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF with %1 channels of %2 bits</source>
            <translation>%2비트 채널이 %1개인 TIFF입니다</translation>
        </message>
        <message>
            <source>it is a TIFF with a palette of %1 bits</source>
            <translation>%1비트 팔레트를 쓰는 TIFF입니다</translation>
        </message>
        <message>
            <source>its tiles have no sensible size</source>
            <translation>타일의 크기가 말이 되지 않습니다</translation>
        </message>
        <message>
            <source>a part of the WebP is longer than the file</source>
            <translation>WebP의 한 부분이 파일보다 깁니다</translation>
        </message>
        <message>
            <source>the header of its pixels is broken</source>
            <translation>픽셀의 머리 정보가 깨졌습니다</translation>
        </message>
        <message>
            <source>its two headers give two sizes</source>
            <translation>두 머리 정보의 크기가 서로 다릅니다</translation>
        </message>
        <message>
            <source>%1 and %2 more</source>
            <translation>%1 외 %2개</translation>
        </message>
        <message>
            <source>%1 holds parts of a model, but not the list of them, model.safetensors.index.json</source>
            <translation>%1에 모델의 부분 파일은 있지만 그 목록인 model.safetensors.index.json이 없습니다</translation>
        </message>
        <message>
            <source>get that file, and all parts that it names, from the same place</source>
            <translation>그 파일과 거기에 적힌 부분 파일을 모두 같은 곳에서 받으세요</translation>
        </message>
        <message>
            <source>%1 holds vocab.json but no merges.txt</source>
            <translation>%1에 vocab.json은 있지만 merges.txt가 없습니다</translation>
        </message>
        <message>
            <source>%1 holds merges.txt but no vocab.json</source>
            <translation>%1에 merges.txt는 있지만 vocab.json이 없습니다</translation>
        </message>
        <message>
            <source>get the other file from the same place, or tokenizer.json</source>
            <translation>나머지 파일이나 tokenizer.json을 같은 곳에서 받으세요</translation>
        </message>
        <message>
            <source>%1 is %2, expected %3</source>
            <translation>%1은(는) %2인데 %3이어야 합니다</translation>
        </message>
        <message>
            <source>%1 is %2</source>
            <translation>%1은(는) %2</translation>
        </message>
        <message>
            <source>missing: %1</source>
            <translation>없는 것: %1</translation>
        </message>
        <message>
            <source>of another shape: %1</source>
            <translation>모양이 다른 것: %1</translation>
        </message>
        <message>
            <source>not floating-point: %1</source>
            <translation>부동소수점이 아닌 것: %1</translation>
        </message>
        <message>
            <source>not expected: %1</source>
            <translation>뜻밖의 것: %1</translation>
        </message>
        <message>
            <source>tensor %1 ends at byte %2 of the data, but the file holds only %3: it is cut off</source>
            <translation>%1 텐서는 데이터의 %2바이트에서 끝나는데 파일에는 %3바이트뿐입니다. 파일이 잘렸습니다</translation>
        </message>
        <message>
            <source>the bytes of tensor %1 overlap those of %2</source>
            <translation>%1 텐서의 바이트가 %2의 바이트와 겹칩니다</translation>
        </message>
        <message>
            <source>there is a gap of %1 bytes before tensor %2</source>
            <translation>%2 텐서 앞에 %1바이트가 비어 있습니다</translation>
        </message>
        <message>
            <source>%1 bytes at the end belong to no tensor</source>
            <translation>끝의 %1바이트가 어느 텐서에도 속하지 않습니다</translation>
        </message>
        <message>
            <source>too short for a safetensors file: %1 bytes</source>
            <translation>safetensors 파일로는 너무 짧습니다: %1바이트</translation>
        </message>
        <message>
            <source>its header claims %1 bytes, the format allows %2</source>
            <translation>머리 정보가 %1바이트라는데 형식의 한도는 %2바이트입니다</translation>
        </message>
        <message>
            <source>its header claims %1 bytes, but only %2 follow: it is cut off</source>
            <translation>머리 정보가 %1바이트라는데 뒤에 %2바이트뿐입니다. 파일이 잘렸습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 is in %3 as well</source>
            <translation>%1: 텐서 %2이(가) %3에도 있습니다</translation>
        </message>
        <message>
            <source>its header is empty</source>
            <translation>머리 정보가 비어 있습니다</translation>
        </message>
        <message>
            <source>its header does not begin with "{"</source>
            <translation>머리 정보가 "{"로 시작하지 않습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 is %3, a floating-point one is needed</source>
            <translation>%1: %2 텐서가 %3입니다. 부동소수점이어야 합니다</translation>
        </message>
        <message>
            <source>not enough memory to read tensor %1</source>
            <translation>%1 텐서를 읽을 메모리가 모자랍니다</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>참 또는 거짓</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>수</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>문자열</translation>
        </message>
        <message>
            <source>binary data</source>
            <translation>이진 데이터</translation>
        </message>
        <message>
            <source>an object</source>
            <translation>객체</translation>
        </message>
        <message>
            <source>a list</source>
            <translation>목록</translation>
        </message>
        <message>
            <source>%1 holds the negative number %2</source>
            <translation>%1에 음수 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>%1 holds %2, which is too large</source>
            <translation>%1에 있는 %2은(는) 너무 큽니다</translation>
        </message>
        <message>
            <source>%1 has more than %2 dimensions</source>
            <translation>%1의 차원이 %2개보다 많습니다</translation>
        </message>
        <message>
            <source>%1 has more than two numbers</source>
            <translation>%1에 수가 둘보다 많습니다</translation>
        </message>
        <message>
            <source>%1 has fewer than two numbers</source>
            <translation>%1에 수가 둘이 되지 않습니다</translation>
        </message>
        <message>
            <source>%1 holds %2, which does not fit 64 bits</source>
            <translation>%1에 있는 %2은(는) 64비트에 들어가지 않습니다</translation>
        </message>
        <message>
            <source>%1 holds %2, which is not a whole number</source>
            <translation>%1에 있는 %2은(는) 정수가 아닙니다</translation>
        </message>
        <message>
            <source>%1 holds more than %2 bytes</source>
            <translation>%1의 내용이 %2바이트를 넘습니다</translation>
        </message>
        <message>
            <source>%1 has more than %2 entries</source>
            <translation>%1의 항목이 %2개보다 많습니다</translation>
        </message>
        <message>
            <source>%1 has a key twice</source>
            <translation>%1에 같은 키가 두 번 있습니다</translation>
        </message>
        <message>
            <source>%1 has the key %2 twice</source>
            <translation>%1에 %2 키가 두 번 있습니다</translation>
        </message>
        <message>
            <source>tensor %1 has the unknown dtype %2</source>
            <translation>%1 텐서의 dtype %2은(는) 알 수 없는 것입니다</translation>
        </message>
        <message>
            <source>tensor %1 has the unknown field %2</source>
            <translation>%1 텐서에 알 수 없는 항목 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>tensor %1 has %2 twice</source>
            <translation>%1 텐서에 %2 항목이 두 번 있습니다</translation>
        </message>
        <message>
            <source>tensor %1 has no %2</source>
            <translation>%1 텐서에 %2 항목이 없습니다</translation>
        </message>
        <message>
            <source>tensor %1 is there twice</source>
            <translation>%1 텐서가 두 번 나옵니다</translation>
        </message>
        <message>
            <source>the header has a text or a run of blanks of more than %1 bytes</source>
            <translation>머리 정보에 %1바이트가 넘는 문자열이나 빈칸이 있습니다</translation>
        </message>
        <message>
            <source>the header holds a number that does not fit 64 bits</source>
            <translation>머리 정보에 64비트에 들어가지 않는 수가 있습니다</translation>
        </message>
        <message>
            <source>the header is not UTF-8 at byte %1</source>
            <translation>머리 정보가 %1바이트 자리에서 UTF-8이 아닙니다</translation>
        </message>
        <message>
            <source>the header is not valid JSON at byte %1</source>
            <translation>머리 정보가 %1바이트 자리에서 JSON 문법에 맞지 않습니다</translation>
        </message>
        <message>
            <source>%1 of tensor %2</source>
            <translation>%2 텐서의 %1</translation>
        </message>
        <message>
            <source>%1 must be an object, but it is %2</source>
            <translation>%1은(는) 객체여야 하는데 %2입니다</translation>
        </message>
        <message>
            <source>the entry of tensor %1 must be an object, but it is %2</source>
            <translation>%1 텐서의 항목은 객체여야 하는데 %2입니다</translation>
        </message>
        <message>
            <source>%1 may hold only texts, but %2 is %3</source>
            <translation>%1에는 문자열만 있어야 하는데 %2은(는) %3입니다</translation>
        </message>
        <message>
            <source>%1 must be a text, but it is %2</source>
            <translation>%1은(는) 문자열이어야 하는데 %2입니다</translation>
        </message>
        <message>
            <source>%1 must be a list, but it is %2</source>
            <translation>%1은(는) 목록이어야 하는데 %2입니다</translation>
        </message>
        <message>
            <source>%1 may hold only whole numbers, but there is %2</source>
            <translation>%1에는 정수만 있어야 하는데 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>the header must be an object, but it is %1</source>
            <translation>머리 정보는 객체여야 하는데 %1입니다</translation>
        </message>
        <message>
            <source>%1 is there twice</source>
            <translation>%1 항목이 두 번 나옵니다</translation>
        </message>
        <message>
            <source>the tensor name %1 has more than %2 bytes</source>
            <translation>텐서 이름 %1이(가) %2바이트보다 깁니다</translation>
        </message>
        <message>
            <source>the header has more than %1 tensors</source>
            <translation>머리 정보의 텐서가 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>the names of the tensors have more than %1 bytes</source>
            <translation>텐서 이름을 모두 더하면 %1바이트가 넘습니다</translation>
        </message>
        <message>
            <source>data_offsets of tensor %1 end before they begin (%2, %3)</source>
            <translation>%1 텐서의 data_offsets가 시작보다 앞에서 끝납니다(%2, %3)</translation>
        </message>
        <message>
            <source>shape %1 of tensor %2 is too large</source>
            <translation>%2 텐서의 모양 %1이(가) 너무 큽니다</translation>
        </message>
        <message>
            <source>tensor %1 of %2 %3 needs %4 bytes, but has %5</source>
            <translation>%2 %3인 %1 텐서에는 %4바이트가 필요한데 %5바이트입니다</translation>
        </message>
        <message>
            <source>there is no example %1</source>
            <translation>%1 예시 사진이 없습니다</translation>
        </message>
        <message>
            <source>the picture was encoded by another model</source>
            <translation>다른 모델로 살펴본 사진입니다</translation>
        </message>
        <message>
            <source>encode it again</source>
            <translation>다시 살펴보게 하세요</translation>
        </message>
        <message>
            <source>a condition has %1 numbers, not %2</source>
            <translation>조건 벡터의 수가 %2개가 아니라 %1개입니다</translation>
        </message>
        <message>
            <source>make it with this model</source>
            <translation>이 모델로 만드세요</translation>
        </message>
        <message>
            <source>decoding the masks</source>
            <translation>마스크 만들기</translation>
        </message>
        <message>
            <source>an engineered picture of %1x%2 does not fit the model %3</source>
            <translation>%1×%2 크기의 그림은 %3 모델에 맞지 않습니다</translation>
        </message>
        <message>
            <source>its sides must be multiples of %1 up to %2</source>
            <translation>두 변이 %2 이하인 %1의 배수여야 합니다</translation>
        </message>
        <message>
            <source>a support region has no picture or no mask</source>
            <translation>예시에 사진이나 마스크가 없습니다</translation>
        </message>
        <message>
            <source>a support region's weight is negative or not a number</source>
            <translation>예시의 가중치가 음수이거나 수가 아닙니다</translation>
        </message>
        <message>
            <source>weights are 0 or more</source>
            <translation>가중치는 0 이상이어야 합니다</translation>
        </message>
        <message>
            <source>the prompt has neither a phrase nor a support region</source>
            <translation>찾을 말도 예시도 없습니다</translation>
        </message>
        <message>
            <source>give one of them</source>
            <translation>둘 가운데 하나를 주세요</translation>
        </message>
        <message>
            <source>the mixture is outside 0 to 1</source>
            <translation>섞는 비율이 0에서 1 사이가 아닙니다</translation>
        </message>
        <message>
            <source>0 is the phrase alone, 1 the support alone</source>
            <translation>0은 말만, 1은 예시만 씁니다</translation>
        </message>
        <message>
            <source>the model %1 has no condition vectors</source>
            <translation>%1 모델에는 조건 벡터가 없습니다</translation>
        </message>
        <message>
            <source>choose a CLIPSeg model</source>
            <translation>CLIPSeg 모델을 고르세요</translation>
        </message>
        <message>
            <source>the nearest is %1</source>
            <translation>가장 가까운 크기는 %1입니다</translation>
        </message>
        <message>
            <source>%1 or %2</source>
            <translation>%1 또는 %2</translation>
        </message>
        <message>
            <source>the negative prompt's weight is outside 0 to 100</source>
            <translation>뺄 것의 가중치가 0에서 100 사이가 아닙니다</translation>
        </message>
        <message>
            <source>decoding the masks was stopped</source>
            <translation>마스크 만들기를 멈추었습니다</translation>
        </message>
        <message>
            <source>the request was stopped</source>
            <translation>찾기를 멈추었습니다</translation>
        </message>
        <message>
            <source>%1 was stopped</source>
            <translation>멈추었습니다: %1</translation>
        </message>
        <message>
            <source>the model's name is empty</source>
            <translation>모델 이름이 비어 있습니다</translation>
        </message>
        <message>
            <source>give a built-in model's name or a model folder</source>
            <translation>내장 모델의 이름이나 모델 폴더를 주세요</translation>
        </message>
        <message>
            <source>%1: a line is no JSON object</source>
            <translation>%1: JSON 객체가 아닌 줄이 있습니다</translation>
        </message>
        <message>
            <source>the folder %1 cannot be made: %2</source>
            <translation>%1 폴더를 만들 수 없습니다: %2</translation>
        </message>
        <message>
            <source>there is no folder %1</source>
            <translation>%1 폴더가 없습니다</translation>
        </message>
        <message>
            <source>the folder %1 cannot be read: %2</source>
            <translation>%1 폴더를 읽을 수 없습니다: %2</translation>
        </message>
        <message>
            <source>the folder %1 holds no picture</source>
            <translation>%1 폴더에 사진이 없습니다</translation>
        </message>
        <message>
            <source>the link %1 leads to a folder that is searched already</source>
            <translation>%1 링크는 이미 찾아본 폴더로 이어집니다</translation>
        </message>
        <message>
            <source>the link %1 cannot be followed: %2</source>
            <translation>링크 %1을(를) 따라갈 수 없습니다: %2</translation>
        </message>
        <message>
            <source>the link %1 leads nowhere</source>
            <translation>%1 링크가 가리키는 곳이 없습니다</translation>
        </message>
        <message>
            <source>mend or remove it</source>
            <translation>링크를 고치거나 지우세요</translation>
        </message>
        <message>
            <source>check the folder's permissions</source>
            <translation>폴더 권한을 확인하세요</translation>
        </message>
        <message>
            <source>pictures of kinds that are not read were passed over: %1, first %2</source>
            <translation>읽을 수 없는 종류의 사진은 건너뛰었습니다: %1, 첫 파일 %2</translation>
        </message>
        <message>
            <source>convert them to PNG or JPEG</source>
            <translation>PNG나 JPEG로 바꾸세요</translation>
        </message>
        <message>
            <source>results of this program were not searched: %1, first %2</source>
            <translation>이 프로그램이 만든 결과는 찾아보지 않았습니다: %1개, 첫 파일 %2</translation>
        </message>
        <message>
            <source>put them into a folder of their own to search them too</source>
            <translation>그것도 찾아보려면 따로 폴더에 모으세요</translation>
        </message>
        <message>
            <source>search its subfolders</source>
            <translation>하위 폴더를 찾아보세요</translation>
        </message>
        <message>
            <source>pictures end in %1</source>
            <translation>사진 파일은 %1(으)로 끝납니다</translation>
        </message>
        <message>
            <source>it has %1, which are not read: convert them to PNG or JPEG</source>
            <translation>%1 파일은 읽을 수 없습니다. PNG나 JPEG로 바꾸세요</translation>
        </message>
        <message>
            <source>the folder holds %1 pictures, of which the first %2 are searched</source>
            <translation>폴더에 사진이 %1개 있어 처음 %2개만 찾아봅니다</translation>
        </message>
        <message>
            <source>search its subfolders one by one</source>
            <translation>하위 폴더를 하나씩 찾아보세요</translation>
        </message>
        <message>
            <source>picture and transparency differ in size</source>
            <translation>사진과 투명도의 크기가 다릅니다</translation>
        </message>
        <message>
            <source>stopped by an unexpected failure: %1</source>
            <translation>뜻밖의 실패로 멈추었습니다: %1</translation>
        </message>
        <message>
            <source>it is not an object</source>
            <translation>객체가 아닙니다</translation>
        </message>
        <message>
            <source>the score is %1</source>
            <translation>점수가 %1입니다</translation>
        </message>
        <message>
            <source>there is no model in it</source>
            <translation>안에 model 항목이 없습니다</translation>
        </message>
        <message>
            <source>model.type is not BPE, which CLIP's tokenizer is</source>
            <translation>model.type이 CLIP 토크나이저의 것인 BPE가 아닙니다</translation>
        </message>
        <message>
            <source>model.vocab or model.merges is missing</source>
            <translation>model.vocab이나 model.merges가 없습니다</translation>
        </message>
        <message>
            <source>a CLIP model folder holds vocab.json and merges.txt, or tokenizer.json</source>
            <translation>CLIP 모델 폴더에는 vocab.json과 merges.txt, 또는 tokenizer.json이 있어야 합니다</translation>
        </message>
        <message>
            <source>added_tokens_decoder is not an object of id to token</source>
            <translation>added_tokens_decoder가 번호에 토큰을 이은 객체가 아닙니다</translation>
        </message>
        <message>
            <source>the id of %1 is not a whole number from 0 to %2</source>
            <translation>%1의 번호가 0에서 %2 사이의 정수가 아닙니다</translation>
        </message>
        <message>
            <source>added_tokens is not a list of objects with an id and a content</source>
            <translation>added_tokens가 id와 content를 가진 객체의 목록이 아닙니다</translation>
        </message>
        <message>
            <source>the vocabulary has no token %1</source>
            <translation>어휘에 %1 토큰이 없습니다</translation>
        </message>
        <message>
            <source>more than %1 added tokens, or one of more than %2 characters</source>
            <translation>더한 토큰이 %1개를 넘거나 %2자보다 긴 토큰이 있습니다</translation>
        </message>
        <message>
            <source>the marker of the text's begin or end is an empty text</source>
            <translation>글의 시작이나 끝 표식이 빈 문자열입니다</translation>
        </message>
        <message>
            <source>%1 needs the token %2, which the vocabulary does not have</source>
            <translation>%1에 필요한 %2 토큰이 어휘에 없습니다</translation>
        </message>
        <message>
            <source>take the tokenizer's files from the model's publisher again</source>
            <translation>모델을 낸 곳에서 토크나이저 파일을 다시 받으세요</translation>
        </message>
        <message>
            <source>the vocabulary is not an object of token to id</source>
            <translation>어휘가 토큰에 번호를 이은 객체가 아닙니다</translation>
        </message>
        <message>
            <source>the id %1 is given twice, once to %2</source>
            <translation>번호 %1이(가) 두 번 쓰였고 그 하나는 %2입니다</translation>
        </message>
        <message>
            <source>line %1</source>
            <translation>%1번째 줄</translation>
        </message>
        <message>
            <source>%1 is %2, not two tokens with a space between them</source>
            <translation>%1의 %2은(는) 빈칸으로 나눈 두 토큰이 아닙니다</translation>
        </message>
        <message>
            <source>%1 is neither "a b" nor ["a", "b"]</source>
            <translation>%1은(는) "a b"도 ["a", "b"]도 아닙니다</translation>
        </message>
        <message>
            <source>it has %1 merges, and none for %2 tokens of the vocabulary, of which the first is %3</source>
            <translation>병합은 %1개이고, 어휘의 토큰 가운데 %2개는 만드는 병합이 없습니다. 그 첫 토큰: %3</translation>
        </message>
        <message>
            <source>model.merges is not a list</source>
            <translation>model.merges가 목록이 아닙니다</translation>
        </message>
        <message>
            <source>the ids of the text's begin and end, %1 and %2, are not from 0 to %3</source>
            <translation>글의 시작과 끝 번호 %1, %2이(가) 0에서 %3 사이가 아닙니다</translation>
        </message>
        <message>
            <source>check the model's config.json</source>
            <translation>모델의 config.json을 확인하세요</translation>
        </message>
        <message>
            <source>%1 is no usable SentencePiece model: %2</source>
            <translation>%1은(는) 쓸 수 있는 SentencePiece 모델이 아닙니다: %2</translation>
        </message>
        <message>
            <source>take the model's files from its publisher again</source>
            <translation>모델을 낸 곳에서 파일을 다시 받으세요</translation>
        </message>
        <message>
            <source>piece %1 is empty, longer than %2 bytes or has no finite score</source>
            <translation>%1번 조각이 비었거나 %2바이트보다 길거나 점수가 유한하지 않습니다</translation>
        </message>
        <message>
            <source>no piece is the unknown one</source>
            <translation>모르는 글을 나타내는 조각이 없습니다</translation>
        </message>
        <message>
            <source>piece %1, %2, is no text</source>
            <translation>%1번 조각 %2은(는) 글이 아닙니다</translation>
        </message>
        <message>
            <source>more than %1 of its user-defined pieces begin with one another</source>
            <translation>사용자가 정한 조각 가운데 서로의 앞부분인 것이 %1개를 넘습니다</translation>
        </message>
        <message>
            <source>its control piece %1 can stand in a text</source>
            <translation>제어 조각 %1이(가) 글 안에 나올 수 있습니다</translation>
        </message>
        <message>
            <source>it has more than %1 pieces</source>
            <translation>조각이 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>piece %1 cannot be read</source>
            <translation>%1번 조각을 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>its trainer's settings cannot be read</source>
            <translation>학습 설정을 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>its normaliser cannot be read</source>
            <translation>정규화 설정을 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>its bytes break off or are of another format</source>
            <translation>내용이 끊겼거나 다른 형식입니다</translation>
        </message>
        <message>
            <source>it holds more than %1 bytes of texts to test itself with</source>
            <translation>스스로 시험하는 글이 %1바이트를 넘습니다</translation>
        </message>
        <message>
            <source>it is of a kind other than unigram and BPE</source>
            <translation>unigram도 BPE도 아닌 종류입니다</translation>
        </message>
        <message>
            <source>%1 cannot be loaded: %2</source>
            <translation>%1을(를) 불러올 수 없습니다: %2</translation>
        </message>
        <message>
            <source>build or install Maskwright again</source>
            <translation>Maskwright를 다시 빌드하거나 설치하세요</translation>
        </message>
        <message>
            <source>it is not there</source>
            <translation>그 파일이 없습니다</translation>
        </message>
        <message>
            <source>%1 has hidden_size %2, which its %3 attention heads do not divide</source>
            <translation>%1의 hidden_size %2은(는) 어텐션 헤드 %3개로 나누어떨어지지 않습니다</translation>
        </message>
        <message>
            <source>%1.hidden_act is %2, not quick_gelu, gelu or relu</source>
            <translation>%1.hidden_act가 %2입니다. quick_gelu, gelu, relu 가운데 하나여야 합니다</translation>
        </message>
        <message>
            <source>%1.tokenizer is %2, not clip_bpe or sentencepiece</source>
            <translation>%1.tokenizer가 %2입니다. clip_bpe나 sentencepiece여야 합니다</translation>
        </message>
        <message>
            <source>image_mean is not three numbers between -1000 and 1000</source>
            <translation>image_mean이 -1000에서 1000 사이의 수 셋이 아닙니다</translation>
        </message>
        <message>
            <source>image_std is not three numbers above 0</source>
            <translation>image_std가 0보다 큰 수 셋이 아닙니다</translation>
        </message>
        <message>
            <source>%1: %2 is %3, which is not done here</source>
            <translation>%1: %2 값이 %3인데, 이 프로그램은 지원하지 않습니다</translation>
        </message>
        <message>
            <source>%1: %2 does %3 unless it is told not to, which is not done here</source>
            <translation>%1: %2은(는) 따로 끄지 않으면 %3을(를) 하는데, 이 프로그램은 지원하지 않습니다</translation>
        </message>
        <message>
            <source>set %1 to false where the model was trained without it, or choose another model</source>
            <translation>모델을 그 단계 없이 학습했다면 %1을(를) false로 설정하고, 아니면 다른 모델을 선택하세요</translation>
        </message>
        <message>
            <source>choose a model whose pictures are resized with another filter</source>
            <translation>다른 필터로 크기를 조정하는 모델을 선택하세요</translation>
        </message>
        <message>
            <source>%1 has no %2</source>
            <translation>%1에 %2이(가) 없습니다</translation>
        </message>
        <message>
            <source>only the preprocessing of ViTImageProcessor, CLIPImageProcessor and their like is known</source>
            <translation>ViTImageProcessor, CLIPImageProcessor와 그와 같은 계열의 전처리만 지원합니다</translation>
        </message>
        <message>
            <source>remove it where the model was trained without it, or choose another model</source>
            <translation>모델을 이것 없이 학습했다면 지우고, 아니면 다른 모델을 고르세요</translation>
        </message>
        <message>
            <source>the model needs a square input: give a size with height and width, or do_center_crop with a crop_size</source>
            <translation>모델에는 정사각형 입력이 필요합니다. size에 height와 width를 적거나 do_center_crop과 crop_size를 쓰세요</translation>
        </message>
        <message>
            <source>set it to true and give the size that the model was trained with</source>
            <translation>true로 바꾸고 모델을 학습할 때 쓴 size를 적으세요</translation>
        </message>
        <message>
            <source>set do_pad to false</source>
            <translation>do_pad를 false로 바꾸세요</translation>
        </message>
        <message>
            <source>do_center_crop is true, but there is no crop_size</source>
            <translation>do_center_crop이 true인데 crop_size가 없습니다</translation>
        </message>
        <message>
            <source>do_center_crop is true, but there is no size</source>
            <translation>do_center_crop이 true인데 size가 없습니다</translation>
        </message>
        <message>
            <source>extract_layers is empty</source>
            <translation>extract_layers가 비어 있습니다</translation>
        </message>
        <message>
            <source>conditional_layer is past the last decoder step</source>
            <translation>conditional_layer가 디코더의 마지막 단계를 넘습니다</translation>
        </message>
        <message>
            <source>decoder_num_attention_heads does not divide reduce_dim</source>
            <translation>reduce_dim이 decoder_num_attention_heads로 나누어떨어지지 않습니다</translation>
        </message>
        <message>
            <source>the refined head needs a patch_size of 4 or more and a reduce_dim of 2 or more</source>
            <translation>다듬는 헤드에는 4 이상의 patch_size와 2 이상의 reduce_dim이 필요합니다</translation>
        </message>
        <message>
            <source>pyramid_layers and pyramid_channels have different lengths</source>
            <translation>pyramid_layers와 pyramid_channels의 길이가 다릅니다</translation>
        </message>
        <message>
            <source>pyramid_layers does not run from coarse to fine</source>
            <translation>pyramid_layers가 거친 것에서 고운 것 차례가 아닙니다</translation>
        </message>
        <message>
            <source>the support region is not of its picture's size</source>
            <translation>예시 영역의 크기가 그 사진과 다릅니다</translation>
        </message>
        <message>
            <source>joint_layers and names need a vision model with maps</source>
            <translation>joint_layers와 names에는 특징 맵이 있는 비전 모델이 필요합니다</translation>
        </message>
        <message>
            <source>joint_layers and joint_fine_layers need each other</source>
            <translation>joint_layers와 joint_fine_layers는 함께 있어야 합니다</translation>
        </message>
        <message>
            <source>is_a_mlp and spoken_maps need a vision model that detects</source>
            <translation>is_a_mlp와 spoken_maps에는 물체를 검출하는 비전 모델이 필요합니다</translation>
        </message>
        <message>
            <source>spoken_maps needs is_a_mlp, joint_layers and %1 names or more</source>
            <translation>spoken_maps에는 is_a_mlp, joint_layers와 %1개 이상의 names가 필요합니다</translation>
        </message>
        <message>
            <source>pyramid_maps needs spoken_maps</source>
            <translation>pyramid_maps에는 spoken_maps가 필요합니다</translation>
        </message>
        <message>
            <source>similarity_map is of a model without joint_layers</source>
            <translation>similarity_map은 joint_layers가 없는 모델에만 쓸 수 있습니다</translation>
        </message>
        <message>
            <source>presence_mlp needs spoken_maps and presence_head, and goes without mask_shape</source>
            <translation>presence_mlp에는 spoken_maps와 presence_head가 필요하고, mask_shape와 함께 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>spoken_maps needs pyramid_layers</source>
            <translation>spoken_maps에는 pyramid_layers가 필요합니다</translation>
        </message>
        <message>
            <source>joint_fine_layers are not at half the stride of extract_layers</source>
            <translation>joint_fine_layers의 간격이 extract_layers의 절반이 아닙니다</translation>
        </message>
        <message>
            <source>similarity_map and pyramid_layers need a vision model with maps</source>
            <translation>similarity_map과 pyramid_layers에는 특징 맵이 있는 비전 모델이 필요합니다</translation>
        </message>
        <message>
            <source>input_size is not a multiple of %1</source>
            <translation>input_size가 %1의 배수가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is not a size between %2 and %3 pixels</source>
            <translation>%1 값이 %2에서 %3픽셀 사이의 크기가 아닙니다</translation>
        </message>
        <message>
            <source>size is not a square</source>
            <translation>size가 정사각형이 아닙니다</translation>
        </message>
        <message>
            <source>%1 has a tokenizer of %2 pieces for %3 embeddings</source>
            <translation>%1의 토크나이저는 조각이 %2개인데 임베딩은 %3개입니다</translation>
        </message>
        <message>
            <source>take the tokenizer files that belong to these weights</source>
            <translation>이 가중치의 토크나이저 파일을 쓰세요</translation>
        </message>
        <message>
            <source>%1.stages needs five numbers a stage</source>
            <translation>%1.stages에는 단계마다 수 다섯 개가 필요합니다</translation>
        </message>
        <message>
            <source>%1.stages has a stage outside the sane: kernel odd and at most 15, stride at most 2, expand at most 16, %2 blocks in all</source>
            <translation>%1.stages에 범위를 벗어난 단계가 있습니다. 커널은 15 이하의 홀수, 보폭은 2 이하, 확장은 16 이하, 블록은 모두 %2개까지입니다</translation>
        </message>
        <message>
            <source>%1.output_stride is not a power of two</source>
            <translation>%1.output_stride가 2의 거듭제곱이 아닙니다</translation>
        </message>
        <message>
            <source>%1.model_type is %2, not clipseg_vision_model, clip_modified_resnet, efficientnet_lite or yolov7_seg_efficientnet</source>
            <translation>%1.model_type이 %2입니다. clipseg_vision_model, clip_modified_resnet, efficientnet_lite, yolov7_seg_efficientnet 가운데 하나여야 합니다</translation>
        </message>
        <message>
            <source>%1.image_size is smaller than patch_size</source>
            <translation>%1.image_size가 patch_size보다 작습니다</translation>
        </message>
        <message>
            <source>choose another</source>
            <translation>다른 것을 고르세요</translation>
        </message>
        <message>
            <source>choose another folder</source>
            <translation>다른 폴더를 고르세요</translation>
        </message>
        <message>
            <source>%1 has the trunk %2, which takes no regions</source>
            <translation>%1의 인코더 %2(으)로는 영역별 특징을 만들 수 없습니다</translation>
        </message>
        <message>
            <source>choose a CLIP with a vision transformer or a modified ResNet</source>
            <translation>비전 트랜스포머나 변형 ResNet을 쓰는 CLIP을 고르세요</translation>
        </message>
        <message>
            <source>take the open_clip_config.json that belongs to these weights</source>
            <translation>이 가중치에 맞는 open_clip_config.json을 쓰세요</translation>
        </message>
        <message>
            <source>%1 is not an object</source>
            <translation>%1이(가) 객체가 아닙니다</translation>
        </message>
        <message>
            <source>%1 asks for %2, which is not done here</source>
            <translation>%1에 있는 %2은(는) 지원하지 않습니다</translation>
        </message>
        <message>
            <source>choose a plain CLIP: a vision transformer or a modified ResNet with OpenAI&apos;s names</source>
            <translation>OpenAI의 텐서 이름을 따르는 기본 CLIP(비전 트랜스포머 또는 변형 ResNet)을 고르세요</translation>
        </message>
        <message>
            <source>get that file and put it beside %1</source>
            <translation>그 파일을 받아 %1 옆에 두세요</translation>
        </message>
        <message>
            <source>%1: model_type is %2, &quot;clip&quot; or &quot;clipseg&quot; is needed</source>
            <translation>%1: model_type이 %2입니다. &quot;clip&quot;이나 &quot;clipseg&quot;여야 합니다</translation>
        </message>
        <message>
            <source>give a CLIP folder such as openai/clip-vit-base-patch16</source>
            <translation>openai/clip-vit-base-patch16 같은 CLIP 폴더를 지정하세요</translation>
        </message>
        <message>
            <source>give masks of this picture, each with at least one pixel</source>
            <translation>이 사진의 마스크를 주세요. 마스크마다 픽셀이 하나는 있어야 합니다</translation>
        </message>
        <message>
            <source>region %1 is of %2x%3 pixels, the picture of %4x%5</source>
            <translation>영역 %1의 크기는 %2x%3픽셀인데 사진은 %4x%5입니다</translation>
        </message>
        <message>
            <source>region %1 is empty</source>
            <translation>영역 %1이(가) 비어 있습니다</translation>
        </message>
        <message>
            <source>region %1 has a box outside the picture</source>
            <translation>영역 %1의 상자가 사진을 벗어납니다</translation>
        </message>
        <message>
            <source>keep the masking at tokens, or choose a CLIP with a vision transformer</source>
            <translation>마스킹을 tokens로 두거나 비전 트랜스포머를 쓰는 CLIP을 고르세요</translation>
        </message>
        <message>
            <source>the regions cannot be masked in the last %1 blocks of %2</source>
            <translation>블록 %2개 가운데 마지막 %1개에서 영역을 가릴 수는 없습니다</translation>
        </message>
        <message>
            <source>give k= a number from 1 to %1</source>
            <translation>k=에 1부터 %1 사이의 수를 지정하세요</translation>
        </message>
        <message>
            <source>describing the regions</source>
            <translation>영역 특징 계산</translation>
        </message>
        <message>
            <source>the expression is empty</source>
            <translation>표현이 비어 있습니다</translation>
        </message>
        <message>
            <source>say which object is meant</source>
            <translation>어느 물체인지 적으세요</translation>
        </message>
        <message>
            <source>%1.layers has %2 numbers, not %3</source>
            <translation>%1.layers에 숫자가 %2개 있습니다. %3개여야 합니다</translation>
        </message>
        <message>
            <source>%1.width is %2, an even number is needed</source>
            <translation>%1.width가 %2입니다. 짝수여야 합니다</translation>
        </message>
        <message>
            <source>no word of it names a thing: the whole text stands for the noun phrase</source>
            <translation>물체를 가리키는 낱말이 없어 글 전체를 명사구로 씁니다</translation>
        </message>
        <message>
            <source>noun phrases are found in English alone: the whole text stands for it</source>
            <translation>명사구는 영어에서만 찾으므로 글 전체를 명사구로 씁니다</translation>
        </message>
        <message>
            <source>the expression has no words</source>
            <translation>표현에 낱말이 없습니다</translation>
        </message>
        <message>
            <source>only the first %1 words of the expression were read</source>
            <translation>표현에서 처음 낱말 %1개만 읽었습니다</translation>
        </message>
        <message>
            <source>the masks in %1</source>
            <translation>%1에 있는 마스크</translation>
        </message>
        <message>
            <source>no weights: the masks are your own</source>
            <translation>가중치 없음: 마스크는 사용자의 것입니다</translation>
        </message>
        <message>
            <source>no weights</source>
            <translation>가중치 없음</translation>
        </message>
        <message>
            <source>%1 is of %2x%3 pixels, the picture of %4x%5</source>
            <translation>%1의 크기는 %2x%3 픽셀이고 사진은 %4x%5입니다</translation>
        </message>
        <message>
            <source>give masks of the picture's own size</source>
            <translation>사진과 크기가 같은 마스크를 주세요</translation>
        </message>
        <message>
            <source>%1 has %2 labels, more than %3</source>
            <translation>%1에 레이블이 %2개 있습니다. %3개까지만 됩니다</translation>
        </message>
        <message>
            <source>a label picture has a whole number for each mask, not colours or shades</source>
            <translation>레이블 그림은 마스크마다 정수 하나를 씁니다. 색이나 밝기가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is one proposal: %2</source>
            <translation>%1을 후보 하나로 봅니다: %2</translation>
        </message>
        <message>
            <source>%1 has nothing inside</source>
            <translation>%1에 마스크로 표시된 곳이 없습니다</translation>
        </message>
        <message>
            <source>%1 holds no picture files</source>
            <translation>%1에 그림 파일이 없습니다</translation>
        </message>
        <message>
            <source>%1 holds %2 picture files, more than %3</source>
            <translation>%1에 그림 파일이 %2개 있습니다. %3개까지만 됩니다</translation>
        </message>
        <message>
            <source>give a folder with the masks of one picture</source>
            <translation>사진 한 장의 마스크가 든 폴더를 주세요</translation>
        </message>
        <message>
            <source>%1 holds no mask with anything inside</source>
            <translation>%1에 내용이 있는 마스크가 없습니다</translation>
        </message>
        <message>
            <source>%1 has no list of annotations</source>
            <translation>%1에 annotations 목록이 없습니다</translation>
        </message>
        <message>
            <source>give a file in COCO's format, or a list of its annotations</source>
            <translation>COCO 형식의 파일이나 annotations 목록을 주세요</translation>
        </message>
        <message>
            <source>%1 has more than %2 masks for one picture</source>
            <translation>%1에 사진 한 장의 마스크가 %2개보다 많습니다</translation>
        </message>
        <message>
            <source>leave the less sure ones out</source>
            <translation>덜 확실한 것을 빼세요</translation>
        </message>
        <message>
            <source>%1 has no masks for %2</source>
            <translation>%1에 %2의 마스크가 없습니다</translation>
        </message>
        <message>
            <source>%1 lists no picture %2</source>
            <translation>%1에 사진 %2이(가) 없습니다</translation>
        </message>
        <message>
            <source>give the file that was made for this picture</source>
            <translation>이 사진으로 만든 파일을 주세요</translation>
        </message>
        <message>
            <source>%1 says that the picture is of %2x%3 pixels; it is of %4x%5</source>
            <translation>%1에는 사진이 %2x%3 픽셀이라고 적혀 있지만 실제로는 %4x%5입니다</translation>
        </message>
        <message>
            <source>%1 has masks of several pictures, and the name %2 tells none of them</source>
            <translation>%1에 여러 사진의 마스크가 있고, %2라는 이름으로는 어느 사진인지 알 수 없습니다</translation>
        </message>
        <message>
            <source>give a file with a list of images as well</source>
            <translation>images 목록도 있는 파일을 주세요</translation>
        </message>
        <message>
            <source>give a file with the masks of this picture</source>
            <translation>이 사진의 마스크가 든 파일을 주세요</translation>
        </message>
        <message>
            <source>reading the proposals was stopped</source>
            <translation>후보 읽기를 멈췄습니다</translation>
        </message>
        <message>
            <source>looking for proposals was stopped</source>
            <translation>후보 찾기를 멈췄습니다</translation>
        </message>
        <message>
            <source>pieces of like colour, joined, and ranked by their contours</source>
            <translation>비슷한 색의 조각을 합치고 윤곽으로 순위를 매긴 것</translation>
        </message>
        <message>
            <source>the model %1 has no detector</source>
            <translation>모델 %1에는 검출기가 없습니다</translation>
        </message>
        <message>
            <source>choose a built-in model that has one, such as sight</source>
            <translation>sight처럼 검출기가 있는 내장 모델을 고르세요</translation>
        </message>
        <message>
            <source>what the detector of %1 sees, whatever it takes it for</source>
            <translation>%1의 검출기가 본 것 (이름은 따지지 않음)</translation>
        </message>
        <message>
            <source>%1 (NOTICE in the folder of %2)</source>
            <translation>%1 (%2 폴더의 NOTICE)</translation>
        </message>
        <message>
            <source>%1 (README.md in the folder of %2)</source>
            <translation>%1 (%2 폴더의 README.md)</translation>
        </message>
        <message>
            <source>%1: a decoder %2 wide cannot have %3 heads</source>
            <translation>%1: 폭이 %2인 디코더는 헤드를 %3개 둘 수 없습니다</translation>
        </message>
        <message>
            <source>%1: vision_config.num_pos_feats is %2, half of %3 is needed</source>
            <translation>%1: vision_config.num_pos_feats가 %2입니다. %3의 절반이어야 합니다</translation>
        </message>
        <message>
            <source>%1: %2 is not three numbers that a picture can be scaled by</source>
            <translation>%1: %2 값이 사진을 정규화할 수 있는 숫자 세 개가 아닙니다</translation>
        </message>
        <message>
            <source>%1: %2 is false, which is not done here</source>
            <translation>%1: %2 값이 false인데, 그런 처리는 지원하지 않습니다</translation>
        </message>
        <message>
            <source>%1: model_type is %2, %3 is needed</source>
            <translation>%1: model_type이 %2입니다. %3이어야 합니다</translation>
        </message>
        <message>
            <source>give a folder in the layout of transformers&apos; SamModel, such as facebook/sam-vit-base</source>
            <translation>facebook/sam-vit-base처럼 transformers SamModel 형식으로 된 폴더를 지정하세요</translation>
        </message>
        <message>
            <source>%1.image_size is no multiple of patch_size</source>
            <translation>%1.image_size가 patch_size의 배수가 아닙니다</translation>
        </message>
        <message>
            <source>looking for the things in the picture</source>
            <translation>사진 속 물체 찾기</translation>
        </message>
        <message>
            <source>give detector, classical, maps, sam:FOLDER, solo:FOLDER, or the path of a file or folder</source>
            <translation>detector, classical, maps, sam:FOLDER, solo:FOLDER 또는 파일이나 폴더의 경로를 지정하세요</translation>
        </message>
        <message>
            <source>%1: a list has %2 numbers, not one for each of %3 stages</source>
            <translation>%1: 목록에 숫자가 %2개 있습니다. 단계가 %3개이니 하나씩 있어야 합니다</translation>
        </message>
        <message>
            <source>%1.image_size is no multiple of %2</source>
            <translation>%1.image_size가 %2의 배수가 아닙니다</translation>
        </message>
        <message>
            <source>converting the weights</source>
            <translation>가중치 변환</translation>
        </message>
        <message>
            <source>what %1 finds in the cells of its grids, whatever it is</source>
            <translation>%1이(가) 격자 칸마다 찾은 영역 (이름은 따지지 않음)</translation>
        </message>
        <message>
            <source>give a folder that convert made of a FreeSOLO checkpoint</source>
            <translation>convert로 FreeSOLO 체크포인트를 변환한 폴더를 지정하세요</translation>
        </message>
        <message>
            <source>%1: not the sizes of a SOLOv2</source>
            <translation>%1: SOLOv2의 크기가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is no source of proposals and no file</source>
            <translation>%1은(는) 후보를 찾는 방법도 아니고 파일도 아닙니다</translation>
        </message>
        <message>
            <source>the folder of %1 has no NOTICE that says</source>
            <translation>%1의 폴더에 라이선스를 적은 NOTICE가 없습니다</translation>
        </message>
        <message>
            <source>connected parts of what %1 finds for %2 general phrases</source>
            <translation>일반적인 찾을 말 %2개로 %1이(가) 찾은 것의 이어진 부분</translation>
        </message>
        <message>
            <source>detecting things</source>
            <translation>물체 검출</translation>
        </message>
        <message>
            <source>number %1 from the left</source>
            <translation>왼쪽에서 %1번째</translation>
        </message>
        <message>
            <source>number %1 from the right</source>
            <translation>오른쪽에서 %1번째</translation>
        </message>
        <message>
            <source>number %1 from the top</source>
            <translation>위에서 %1번째</translation>
        </message>
        <message>
            <source>number %1 from the bottom</source>
            <translation>아래에서 %1번째</translation>
        </message>
        <message>
            <source>number %1 from the front</source>
            <translation>앞에서 %1번째</translation>
        </message>
        <message>
            <source>number %1 from the back</source>
            <translation>뒤에서 %1번째</translation>
        </message>
        <message>
            <source>number %1: %2</source>
            <translation>%1번째: %2</translation>
        </message>
        <message>
            <source>left</source>
            <translation>왼쪽</translation>
        </message>
        <message>
            <source>right</source>
            <translation>오른쪽</translation>
        </message>
        <message>
            <source>top</source>
            <translation>위</translation>
        </message>
        <message>
            <source>bottom</source>
            <translation>아래</translation>
        </message>
        <message>
            <source>front</source>
            <translation>앞</translation>
        </message>
        <message>
            <source>back</source>
            <translation>뒤</translation>
        </message>
        <message>
            <source>biggest</source>
            <translation>가장 큰 것</translation>
        </message>
        <message>
            <source>smallest</source>
            <translation>가장 작은 것</translation>
        </message>
        <message>
            <source>tallest</source>
            <translation>가장 키 큰 것</translation>
        </message>
        <message>
            <source>shortest</source>
            <translation>가장 키 작은 것</translation>
        </message>
        <message>
            <source>middle</source>
            <translation>가운데</translation>
        </message>
        <message>
            <source>its mask covers the centre of no pixel</source>
            <translation>마스크 안에 픽셀의 중심이 하나도 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be read: %2</source>
            <translation>%1을(를) 읽을 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1 is in use instead</source>
            <translation>대신 %1 모델을 씁니다</translation>
        </message>
        <message>
            <source>there is no such host, or no network</source>
            <translation>그런 서버가 없거나 네트워크에 연결되어 있지 않습니다</translation>
        </message>
        <message>
            <source>it refuses the connection</source>
            <translation>서버가 연결을 거부합니다</translation>
        </message>
        <message>
            <source>the other side closed the connection</source>
            <translation>상대편이 연결을 끊었습니다</translation>
        </message>
        <message>
            <source>nothing came for too long</source>
            <translation>너무 오래 아무것도 오지 않았습니다</translation>
        </message>
        <message>
            <source>the connection cannot be encrypted, or its certificate is not trusted</source>
            <translation>연결을 암호화할 수 없거나 인증서를 믿을 수 없습니다</translation>
        </message>
        <message>
            <source>the proxy does not let it through: %1</source>
            <translation>프록시가 통과시키지 않습니다: %1</translation>
        </message>
        <message>
            <source>it was stopped</source>
            <translation>중지되었습니다</translation>
        </message>
        <message>
            <source>its certificate is not trusted: %1</source>
            <translation>인증서를 믿을 수 없습니다: %1</translation>
        </message>
        <message>
            <source>no answer came</source>
            <translation>응답이 오지 않았습니다</translation>
        </message>
        <message>
            <source>this Qt cannot encrypt: its TLS plugin is missing</source>
            <translation>이 Qt로는 암호화할 수 없습니다: TLS 플러그인이 없습니다</translation>
        </message>
        <message>
            <source>CLIPSeg with the finer head: any English phrase, the sharpest masks of the three</source>
            <translation>출력층이 더 정교한 CLIPSeg: 영어로 된 모든 찾을 말, 셋 중 가장 또렷한 마스크</translation>
        </message>
        <message>
            <source>CLIPSeg as its paper measures it, to compare with</source>
            <translation>논문에서 측정한 그대로의 CLIPSeg, 비교용</translation>
        </message>
        <message>
            <source>CLIPSeg with the small decoder, to compare with</source>
            <translation>디코더가 작은 CLIPSeg, 비교용</translation>
        </message>
        <message>
            <source>CLIP for choosing by an expression: the quickest, and the one of Global-Local CLIP&apos;s paper</source>
            <translation>표현으로 고르기 위한 CLIP: 가장 빠르며 Global-Local CLIP 논문에서 쓴 모델</translation>
        </message>
        <message>
            <source>CLIP for choosing by an expression: finer, and slower</source>
            <translation>표현으로 고르기 위한 CLIP: 더 정교하지만 더 느림</translation>
        </message>
        <message>
            <source>CLIP on a convolutional network for choosing by an expression</source>
            <translation>표현으로 고르기 위한 합성곱 신경망 CLIP</translation>
        </message>
        <message>
            <source>free some space on that disk and ask again: what has come is kept</source>
            <translation>그 디스크에 공간을 마련하고 다시 시도하세요. 받은 부분은 남아 있습니다</translation>
        </message>
        <message>
            <source>%1 is not what the hub says it is: its hash is another</source>
            <translation>%1의 해시가 허브에서 알려 준 것과 다릅니다</translation>
        </message>
        <message>
            <source>try again later, or choose another mirror</source>
            <translation>나중에 다시 시도하거나 다른 미러를 고르세요</translation>
        </message>
        <message>
            <source>it ended too early</source>
            <translation>너무 일찍 끝났습니다</translation>
        </message>
        <message>
            <source>it comes packed as %1</source>
            <translation>%1(으)로 압축되어 옵니다</translation>
        </message>
        <message>
            <source>its contents changed between two parts</source>
            <translation>나누어 받는 사이에 내용이 바뀌었습니다</translation>
        </message>
        <message>
            <source>the server has %1 bytes, the hub told of %2</source>
            <translation>서버에는 %1바이트가 있는데 허브에서는 %2바이트라고 했습니다</translation>
        </message>
        <message>
            <source>more comes than the %1 bytes that the hub told of</source>
            <translation>허브에서 알려 준 %1바이트보다 많이 옵니다</translation>
        </message>
        <message>
            <source>%1 does not come whole: %2</source>
            <translation>%1 파일을 온전히 받을 수 없습니다: %2</translation>
        </message>
        <message>
            <source>ask again to go on: what has come is kept</source>
            <translation>다시 시도하면 이어서 받습니다. 받은 부분은 남아 있습니다</translation>
        </message>
        <message>
            <source>there is no published model called %1</source>
            <translation>%1이라는 공개 모델이 없습니다</translation>
        </message>
        <message>
            <source>published models: %1; or give OWNER/NAME of a repository on the hub</source>
            <translation>공개 모델: %1. 허브의 저장소를 소유자/이름으로 지정해도 됩니다</translation>
        </message>
        <message>
            <source>%1 is no address of a hub</source>
            <translation>%1은(는) 허브 주소가 아닙니다</translation>
        </message>
        <message>
            <source>write it like %1</source>
            <translation>%1처럼 쓰세요</translation>
        </message>
        <message>
            <source>%1 is not encrypted, so that anybody could change what comes</source>
            <translation>%1은(는) 암호화되지 않아 받는 내용을 누구나 바꿀 수 있습니다</translation>
        </message>
        <message>
            <source>give an address that begins with https</source>
            <translation>https로 시작하는 주소를 지정하세요</translation>
        </message>
        <message>
            <source>%1 does not answer as the hub does</source>
            <translation>%1의 응답이 허브와 다릅니다</translation>
        </message>
        <message>
            <source>check the address of the mirror</source>
            <translation>미러 주소를 확인하세요</translation>
        </message>
        <message>
            <source>%1 holds no model that this program reads, or the hub gives no hashes for it</source>
            <translation>%1에는 이 프로그램이 읽는 모델이 없거나 허브가 그 해시를 알려 주지 않습니다</translation>
        </message>
        <message>
            <source>choose a repository of CLIPSeg or CLIP with config.json, weights and vocabulary</source>
            <translation>config.json과 가중치, 어휘가 있는 CLIPSeg나 CLIP 저장소를 고르세요</translation>
        </message>
        <message>
            <source>the download was stopped</source>
            <translation>내려받기를 중지했습니다</translation>
        </message>
        <message>
            <source>try again in %1 seconds</source>
            <translation>%1초 뒤에 다시 시도하세요</translation>
        </message>
        <message>
            <source>the hub does not give out %1 (status %2)</source>
            <translation>허브가 %1을(를) 내주지 않습니다(상태 %2)</translation>
        </message>
        <message>
            <source>set HF_TOKEN to a token of an account that may have it, or check the name</source>
            <translation>받을 수 있는 계정의 토큰을 HF_TOKEN에 넣거나 이름을 확인하세요</translation>
        </message>
        <message>
            <source>the hub has no %1 (status %2)</source>
            <translation>허브에 %1이(가) 없습니다(상태 %2)</translation>
        </message>
        <message>
            <source>check the name, or the address of the mirror</source>
            <translation>이름이나 미러 주소를 확인하세요</translation>
        </message>
        <message>
            <source>the hub asks for a pause: too many requests (status %1)</source>
            <translation>요청이 너무 많아 허브가 기다려 달라고 합니다(상태 %1)</translation>
        </message>
        <message>
            <source>try again later</source>
            <translation>나중에 다시 시도하세요</translation>
        </message>
        <message>
            <source>%1 cannot be had: the hub answers with status %2</source>
            <translation>%1을(를) 받을 수 없습니다: 허브가 상태 %2(으)로 응답합니다</translation>
        </message>
        <message>
            <source>%1 leads to no address</source>
            <translation>%1이(가) 가리키는 주소가 없습니다</translation>
        </message>
        <message>
            <source>%1 leads to %2, which is not encrypted</source>
            <translation>%1이(가) 암호화되지 않은 %2(으)로 이어집니다</translation>
        </message>
        <message>
            <source>choose another mirror</source>
            <translation>다른 미러를 고르세요</translation>
        </message>
        <message>
            <source>%1 leads from address to address and nowhere</source>
            <translation>%1이(가) 다른 주소로만 끝없이 이어집니다</translation>
        </message>
        <message>
            <source>%1 answers with more than %2 bytes</source>
            <translation>%1의 응답이 %2바이트를 넘습니다</translation>
        </message>
        <message>
            <source>%1 cannot be reached: %2</source>
            <translation>%1에 연결할 수 없습니다: %2</translation>
        </message>
        <message>
            <source>check the network, or choose another mirror</source>
            <translation>네트워크를 확인하거나 다른 미러를 고르세요</translation>
        </message>
        <message>
            <source>there is no model folder or file %1</source>
            <translation>%1이라는 모델 폴더나 파일이 없습니다</translation>
        </message>
        <message>
            <source>a model called %1 is there already</source>
            <translation>%1이라는 모델이 이미 있습니다</translation>
        </message>
        <message>
            <source>a model called %1 is there already, which came from %2</source>
            <translation>%2에서 받은 %1이라는 모델이 이미 있습니다</translation>
        </message>
        <message>
            <source>remove that one first</source>
            <translation>먼저 그 모델을 지우세요</translation>
        </message>
        <message>
            <source>%1 is a CLIP without its vocabulary</source>
            <translation>%1은(는) 어휘가 없는 CLIP입니다</translation>
        </message>
        <message>
            <source>%1 is a decoder without its CLIP</source>
            <translation>%1은(는) CLIP이 없는 디코더입니다</translation>
        </message>
        <message>
            <source>there is no folder for your own models</source>
            <translation>내 모델을 둘 폴더가 없습니다</translation>
        </message>
        <message>
            <source>set HOME or XDG_DATA_HOME</source>
            <translation>HOME이나 XDG_DATA_HOME을 설정하세요</translation>
        </message>
        <message>
            <source>%1 needs %2 MB more on the disk of %3, which has %4 MB free</source>
            <translation>%1에 %2MB가 더 필요한데 %3 폴더가 있는 디스크에는 %4MB가 남아 있습니다</translation>
        </message>
        <message>
            <source>%1 cannot be converted: %2</source>
            <translation>%1 파일을 변환할 수 없습니다: %2</translation>
        </message>
        <message>
            <source>choose a model with safetensors</source>
            <translation>safetensors가 있는 모델을 고르세요</translation>
        </message>
        <message>
            <source>cannot make %1: %2</source>
            <translation>%1을(를) 만들 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1 is being downloaded already</source>
            <translation>%1은(는) 이미 내려받는 중입니다</translation>
        </message>
        <message>
            <source>wait until the other program is done</source>
            <translation>다른 프로그램이 끝날 때까지 기다리세요</translation>
        </message>
        <message>
            <source>cannot remove %1: %2</source>
            <translation>%1을(를) 지울 수 없습니다: %2</translation>
        </message>
        <message>
            <source>the model %1 is not here yet</source>
            <translation>%1 모델을 아직 받지 않았습니다</translation>
        </message>
        <message>
            <source>a model cannot be called %1</source>
            <translation>모델 이름으로 %1을(를) 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>choose a name of letters, digits, dots, dashes and underscores</source>
            <translation>글자, 숫자, 점, 하이픈, 밑줄로 된 이름을 고르세요</translation>
        </message>
        <message>
            <source>%1 is a built-in model&apos;s name</source>
            <translation>%1은(는) 내장 모델의 이름입니다</translation>
        </message>
        <message>
            <source>%1 is built in and stays</source>
            <translation>%1은(는) 내장 모델이라 지울 수 없습니다</translation>
        </message>
        <message>
            <source>there is no model of yours called %1</source>
            <translation>내 모델 중에 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>encoding the phrases</source>
            <translation>찾을 말들 읽기</translation>
        </message>
        <message>
            <source>the journal was kept as %1</source>
            <translation>변경 기록은 %1(으)로 남겨 두었습니다</translation>
        </message>
        <message>
            <source>%1 is not there any more</source>
            <translation>%1 파일이 더 이상 없습니다</translation>
        </message>
        <message>
            <source>%1 was changed by another program since it was opened</source>
            <translation>%1 파일을 연 뒤에 다른 프로그램이 그 파일을 바꾸었습니다</translation>
        </message>
        <message>
            <source>save the project under another name, or under the same to replace the file</source>
            <translation>프로젝트를 다른 이름으로 저장하세요. 같은 이름으로 저장하면 파일을 바꿉니다</translation>
        </message>
        <message>
            <source>no folder is chosen for the files</source>
            <translation>파일을 둘 폴더를 고르지 않았습니다</translation>
        </message>
        <message>
            <source>choose one</source>
            <translation>폴더를 고르세요</translation>
        </message>
        <message>
            <source>what is being typed belongs to no picture, and has a mask</source>
            <translation>입력 중인 항목은 사진에 속하지 않는데 마스크가 있습니다</translation>
        </message>
        <message>
            <source>nothing that is being typed has the id %1</source>
            <translation>입력 중인 항목 가운데 ID가 %1인 것이 없습니다</translation>
        </message>
        <message>
            <source>this picture cannot be kept, and a project will miss it: %1</source>
            <translation>이 사진을 보관할 수 없어 프로젝트에서 빠집니다: %1</translation>
        </message>
        <message>
            <source>it may be gone already</source>
            <translation>이미 지워졌을 수 있습니다</translation>
        </message>
        <message>
            <source>download it in Model &gt; Models…</source>
            <translation>모델 &gt; 모델 관리…에서 내려받으세요</translation>
        </message>
        <message>
            <source>choose a CLIP that has one</source>
            <translation>어휘가 있는 CLIP을 고르세요</translation>
        </message>
        <message>
            <source>choose the CLIP that it was trained with</source>
            <translation>함께 학습한 CLIP을 고르세요</translation>
        </message>
        <message>
            <source>remove that one first, or rename the folder or file</source>
            <translation>그 모델을 먼저 지우거나, 폴더나 파일의 이름을 바꾸세요</translation>
        </message>
        <message>
            <source>tensor %1 is missing</source>
            <translation>텐서 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1 is %2, but the tensors say %3</source>
            <translation>%1은(는) %2인데 텐서에 따르면 %3입니다</translation>
        </message>
        <message>
            <source>%1 is %2, which does not divide %3</source>
            <translation>%1은(는) %2인데 %3을(를) 나누지 못합니다</translation>
        </message>
        <message>
            <source>give a folder whose config.json and model.safetensors belong together</source>
            <translation>config.json과 model.safetensors가 서로 맞는 폴더를 고르세요</translation>
        </message>
        <message>
            <source>%1 is a file, a CLIP folder is needed</source>
            <translation>%1은(는) 파일입니다. CLIP 폴더가 필요합니다</translation>
        </message>
        <message>
            <source>give a Hugging Face folder such as openai/clip-vit-base-patch16</source>
            <translation>openai/clip-vit-base-patch16 같은 Hugging Face 폴더를 고르세요</translation>
        </message>
        <message>
            <source>%1: tensor %2 has %3 places, which is no square and one</source>
            <translation>%1: 텐서 %2의 위치가 %3개인데, 제곱수에 1을 더한 수가 아닙니다</translation>
        </message>
        <message>
            <source>%1: no CLIPSeg decoder: %2</source>
            <translation>%1: CLIPSeg 디코더가 아닙니다: %2</translation>
        </message>
        <message>
            <source>give a decoder of the original repository, such as rd64-uni.pth</source>
            <translation>rd64-uni.pth 같은 원본 저장소의 디코더를 고르세요</translation>
        </message>
        <message>
            <source>a decoder %1 wide cannot have %2 heads</source>
            <translation>폭이 %1인 디코더에는 헤드 %2개를 둘 수 없습니다</translation>
        </message>
        <message>
            <source>choose a number of heads that divides its width</source>
            <translation>폭을 나누는 헤드 수를 고르세요</translation>
        </message>
        <message>
            <source>give the CLIP that this decoder was trained on (ViT-B/16 for the released ones)</source>
            <translation>이 디코더를 학습한 CLIP을 고르세요(공개된 것은 ViT-B/16)</translation>
        </message>
        <message>
            <source>%1: its decoder reads %2 blocks, not %3</source>
            <translation>%1: 디코더가 읽는 블록은 %3개가 아니라 %2개입니다</translation>
        </message>
        <message>
            <source>say which blocks of the picture encoder it reads</source>
            <translation>이미지 인코더의 어느 블록을 읽는지 지정하세요</translation>
        </message>
        <message>
            <source>the blocks %1 are not ascending numbers below %2</source>
            <translation>블록 %1은(는) %2보다 작은 오름차순 수가 아닙니다</translation>
        </message>
        <message>
            <source>say which blocks of the picture encoder the decoder reads</source>
            <translation>디코더가 이미지 인코더의 어느 블록을 읽는지 지정하세요</translation>
        </message>
        <message>
            <source>the conditional layer %1 is not below %2</source>
            <translation>조건 층 %1이(가) %2보다 작지 않습니다</translation>
        </message>
        <message>
            <source>%1 is there already and not an empty folder</source>
            <translation>%1이(가) 이미 있고 빈 폴더가 아닙니다</translation>
        </message>
        <message>
            <source>the conversion was stopped</source>
            <translation>변환을 멈췄습니다</translation>
        </message>
        <message>
            <source>%1: no CLIP: %2</source>
            <translation>%1: CLIP이 아닙니다: %2</translation>
        </message>
        <message>
            <source>give one of OpenAI's CLIP files, such as ViT-B-32.pt</source>
            <translation>ViT-B-32.pt 같은 OpenAI의 CLIP 파일을 고르세요</translation>
        </message>
        <message>
            <source>tensor %1 has the shape %2</source>
            <translation>텐서 %1의 모양이 %2입니다</translation>
        </message>
        <message>
            <source>its pickle is of an unknown protocol</source>
            <translation>pickle의 프로토콜을 알 수 없습니다</translation>
        </message>
        <message>
            <source>its pickle is nested too deeply</source>
            <translation>pickle이 너무 깊이 중첩되어 있습니다</translation>
        </message>
        <message>
            <source>a module</source>
            <translation>모듈</translation>
        </message>
        <message>
            <source>a name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>its pickle uses opcode %1, which plain data does not need</source>
            <translation>pickle이 단순한 데이터에는 필요 없는 명령 코드 %1을(를) 씁니다</translation>
        </message>
        <message>
            <source>its pickle uses opcode %1, which plain tensors do not need</source>
            <translation>pickle이 단순한 텐서에는 필요 없는 명령 코드 %1을(를) 씁니다</translation>
        </message>
        <message>
            <source>only plain lists, dictionaries, texts and numbers are read, and nothing is run</source>
            <translation>단순한 목록, 사전, 글자, 수만 읽으며 아무것도 실행하지 않습니다</translation>
        </message>
        <message>
            <source>it asks for %1, which is no plain tensor</source>
            <translation>단순한 텐서가 아닌 %1을(를) 요구합니다</translation>
        </message>
        <message>
            <source>the arguments of a call</source>
            <translation>호출의 인수</translation>
        </message>
        <message>
            <source>its pickle makes a module with arguments</source>
            <translation>pickle이 인수를 주어 모듈을 만듭니다</translation>
        </message>
        <message>
            <source>a class</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>a dictionary</source>
            <translation>사전</translation>
        </message>
        <message>
            <source>a storage's tuple</source>
            <translation>저장소의 튜플</translation>
        </message>
        <message>
            <source>its pickle names a storage with %1 values</source>
            <translation>pickle이 저장소를 값 %1개로 가리킵니다</translation>
        </message>
        <message>
            <source>the word "storage"</source>
            <translation>"storage"라는 낱말</translation>
        </message>
        <message>
            <source>its pickle refers to something that is no storage</source>
            <translation>pickle이 저장소가 아닌 것을 가리킵니다</translation>
        </message>
        <message>
            <source>a storage type</source>
            <translation>저장소 자료형</translation>
        </message>
        <message>
            <source>its pickle has something else where %1 belongs</source>
            <translation>pickle에서 %1이(가) 있을 자리에 다른 것이 있습니다</translation>
        </message>
        <message>
            <source>it holds a view of a storage, as PyTorch before 0.4 wrote them</source>
            <translation>PyTorch 0.4 이전에 쓰던 저장소 뷰가 들어 있습니다</translation>
        </message>
        <message>
            <source>a storage's key</source>
            <translation>저장소의 키</translation>
        </message>
        <message>
            <source>a storage's size</source>
            <translation>저장소의 크기</translation>
        </message>
        <message>
            <source>its pickle names a storage of impossible size</source>
            <translation>pickle에 크기가 불가능한 저장소가 있습니다</translation>
        </message>
        <message>
            <source>its pickle describes the storage %1 in two ways</source>
            <translation>pickle이 저장소 %1을(를) 두 가지로 설명합니다</translation>
        </message>
        <message>
            <source>a shape</source>
            <translation>모양</translation>
        </message>
        <message>
            <source>a side of a shape</source>
            <translation>모양의 한 변</translation>
        </message>
        <message>
            <source>its pickle has a tensor of more than 16 dimensions</source>
            <translation>pickle에 16차원이 넘는 텐서가 있습니다</translation>
        </message>
        <message>
            <source>its pickle has a tensor with a negative side or stride</source>
            <translation>pickle에 변이나 보폭이 음수인 텐서가 있습니다</translation>
        </message>
        <message>
            <source>its pickle rebuilds a tensor from %1 values</source>
            <translation>pickle이 값 %1개로 텐서를 만듭니다</translation>
        </message>
        <message>
            <source>a storage</source>
            <translation>저장소</translation>
        </message>
        <message>
            <source>a storage offset</source>
            <translation>저장소 오프셋</translation>
        </message>
        <message>
            <source>its pickle has a tensor whose shape and strides disagree</source>
            <translation>pickle에 모양과 보폭이 맞지 않는 텐서가 있습니다</translation>
        </message>
        <message>
            <source>its pickle has a tensor %1 past the end of its storage of %2 elements</source>
            <translation>pickle의 텐서 %1이(가) 원소 %2개인 저장소의 끝을 넘습니다</translation>
        </message>
        <message>
            <source>a function</source>
            <translation>함수</translation>
        </message>
        <message>
            <source>a list of pairs</source>
            <translation>쌍의 목록</translation>
        </message>
        <message>
            <source>a pair</source>
            <translation>쌍</translation>
        </message>
        <message>
            <source>its pickle has a key without a value</source>
            <translation>pickle에 값이 없는 키가 있습니다</translation>
        </message>
        <message>
            <source>its pickle holds more than %1 tensors</source>
            <translation>pickle에 텐서가 %1개 넘게 있습니다</translation>
        </message>
        <message>
            <source>its pickle rebuilds a parameter from %1 values</source>
            <translation>pickle이 값 %1개로 매개변수를 만듭니다</translation>
        </message>
        <message>
            <source>a parameter's tensor</source>
            <translation>매개변수의 텐서</translation>
        </message>
        <message>
            <source>its pickle makes a storage by a call</source>
            <translation>pickle이 호출로 저장소를 만듭니다</translation>
        </message>
        <message>
            <source>not a file that torch.save wrote</source>
            <translation>torch.save가 쓴 파일이 아닙니다</translation>
        </message>
        <message>
            <source>give the .pth file of the original repository</source>
            <translation>원본 저장소의 .pth 파일을 고르세요</translation>
        </message>
        <message>
            <source>it holds two data.pkl</source>
            <translation>data.pkl이 두 개 있습니다</translation>
        </message>
        <message>
            <source>it is a TorchScript program (OpenAI's CLIP files are), not a file of tensors</source>
            <translation>텐서 파일이 아니라 TorchScript 프로그램입니다(OpenAI의 CLIP 파일이 그렇습니다)</translation>
        </message>
        <message>
            <source>make a model folder of it with maskwright-cli convert, or use the Hugging Face folder openai/clip-vit-base-patch16 instead</source>
            <translation>maskwright-cli convert로 모델 폴더를 만들거나 Hugging Face 폴더 openai/clip-vit-base-patch16을 쓰세요</translation>
        </message>
        <message>
            <source>a zip archive without data.pkl</source>
            <translation>data.pkl이 없는 zip 파일입니다</translation>
        </message>
        <message>
            <source>give a file that torch.save wrote</source>
            <translation>torch.save가 쓴 파일을 고르세요</translation>
        </message>
        <message>
            <source>its entry %1 is compressed</source>
            <translation>항목 %1이(가) 압축되어 있습니다</translation>
        </message>
        <message>
            <source>save the weights again with torch.save</source>
            <translation>torch.save로 가중치를 다시 저장하세요</translation>
        </message>
        <message>
            <source>its numbers are big-endian</source>
            <translation>수가 빅 엔디언입니다</translation>
        </message>
        <message>
            <source>save it again on a little-endian machine</source>
            <translation>리틀 엔디언 컴퓨터에서 다시 저장하세요</translation>
        </message>
        <message>
            <source>its data.pkl has %1 bytes, at most %2 are read</source>
            <translation>data.pkl이 %1바이트인데 %2바이트까지만 읽습니다</translation>
        </message>
        <message>
            <source>save the state dict alone</source>
            <translation>state dict만 저장하세요</translation>
        </message>
        <message>
            <source>the storage %1 is missing</source>
            <translation>저장소 %1이(가) 없습니다</translation>
        </message>
        <message>
            <source>the storage %1 has %2 bytes, not %3 elements of %4</source>
            <translation>저장소 %1은(는) %2바이트로, %4바이트 원소 %3개가 아닙니다</translation>
        </message>
        <message>
            <source>a pickle, but not a file that torch.save wrote</source>
            <translation>pickle이지만 torch.save가 쓴 파일이 아닙니다</translation>
        </message>
        <message>
            <source>it is of an unknown version of torch.save</source>
            <translation>torch.save의 알 수 없는 버전입니다</translation>
        </message>
        <message>
            <source>save it again with a newer PyTorch</source>
            <translation>더 새로운 PyTorch로 다시 저장하세요</translation>
        </message>
        <message>
            <source>its list of storages is missing</source>
            <translation>저장소 목록이 없습니다</translation>
        </message>
        <message>
            <source>it lists a storage that no tensor uses</source>
            <translation>어떤 텐서도 쓰지 않는 저장소가 목록에 있습니다</translation>
        </message>
        <message>
            <source>it is cut off</source>
            <translation>파일이 잘려 있습니다</translation>
        </message>
        <message>
            <source>the storage %1 has %2 elements, not %3</source>
            <translation>저장소 %1의 원소는 %3개가 아니라 %2개입니다</translation>
        </message>
        <message>
            <source>it lists the storage %1 twice</source>
            <translation>저장소 %1이(가) 목록에 두 번 있습니다</translation>
        </message>
        <message>
            <source>give a state dict: tensors by name</source>
            <translation>이름이 붙은 텐서들인 state dict를 고르세요</translation>
        </message>
        <message>
            <source>it holds no dictionary of tensors</source>
            <translation>텐서 사전이 없습니다</translation>
        </message>
        <message>
            <source>a key of its dictionary is not a text</source>
            <translation>사전의 키 하나가 글자가 아닙니다</translation>
        </message>
        <message>
            <source>its entry %1 is not a tensor</source>
            <translation>항목 %1이(가) 텐서가 아닙니다</translation>
        </message>
        <message>
            <source>it holds more than %1 tensors</source>
            <translation>텐서가 %1개 넘게 있습니다</translation>
        </message>
        <message>
            <source>the tensor %1 is there twice</source>
            <translation>텐서 %1이(가) 두 번 있습니다</translation>
        </message>
        <message>
            <source>only archives of modules and tensors are read</source>
            <translation>모듈과 텐서로 된 파일만 읽습니다</translation>
        </message>
        <message>
            <source>a TorchScript program without a module</source>
            <translation>모듈이 없는 TorchScript 프로그램입니다</translation>
        </message>
        <message>
            <source>an attribute's name is not a text</source>
            <translation>속성 이름이 글자가 아닙니다</translation>
        </message>
        <message>
            <source>its modules do not end at %1</source>
            <translation>모듈이 %1에서 끝나지 않습니다</translation>
        </message>
        <message>
            <source>its attribute %1 is neither a tensor nor a module</source>
            <translation>속성 %1이(가) 텐서도 모듈도 아닙니다</translation>
        </message>
        <message>
            <source>give the file of another model</source>
            <translation>다른 모델의 파일을 고르세요</translation>
        </message>
        <message>
            <source>the file is damaged; get it again</source>
            <translation>파일이 손상되었습니다. 다시 받으세요</translation>
        </message>
        <message>
            <source>its directory is too large</source>
            <translation>디렉터리가 너무 큽니다</translation>
        </message>
        <message>
            <source>it is one part of an archive in several files</source>
            <translation>여러 파일로 나뉜 압축 파일의 한 부분입니다</translation>
        </message>
        <message>
            <source>its directory lies past its end</source>
            <translation>디렉터리가 파일 끝을 넘습니다</translation>
        </message>
        <message>
            <source>its directory is broken</source>
            <translation>디렉터리가 망가져 있습니다</translation>
        </message>
        <message>
            <source>the end of the zip archive is missing: it is cut off</source>
            <translation>zip 파일의 끝이 없습니다. 잘려 있습니다</translation>
        </message>
        <message>
            <source>its entry %1 is encrypted</source>
            <translation>항목 %1이(가) 암호화되어 있습니다</translation>
        </message>
        <message>
            <source>the sizes of its entry %1 disagree</source>
            <translation>항목 %1의 크기가 서로 맞지 않습니다</translation>
        </message>
        <message>
            <source>its entry %1 is there twice</source>
            <translation>항목 %1이(가) 두 번 있습니다</translation>
        </message>
        <message>
            <source>its entry %1 lies past its end</source>
            <translation>항목 %1이(가) 파일 끝을 넘습니다</translation>
        </message>
        <message>
            <source>bytes past its end were asked for</source>
            <translation>파일 끝을 넘는 바이트를 요구했습니다</translation>
        </message>
        <message>
            <source>only files of plain tensors are read and nothing in them is run; save the state dict alone</source>
            <translation>단순한 텐서 파일만 읽으며 그 안의 어떤 것도 실행하지 않습니다. state dict만 저장하세요</translation>
        </message>
        <message>
            <source>its pickle is too large</source>
            <translation>pickle이 너무 큽니다</translation>
        </message>
        <message>
            <source>its pickle is cut off</source>
            <translation>pickle이 잘려 있습니다</translation>
        </message>
        <message>
            <source>its pickle holds a broken line</source>
            <translation>pickle에 망가진 줄이 있습니다</translation>
        </message>
        <message>
            <source>its pickle holds more than %1 values</source>
            <translation>pickle에 값이 %1개 넘게 있습니다</translation>
        </message>
        <message>
            <source>its pickle takes more values than it has</source>
            <translation>pickle이 가진 것보다 많은 값을 꺼냅니다</translation>
        </message>
        <message>
            <source>its pickle lacks a mark</source>
            <translation>pickle에 표시가 없습니다</translation>
        </message>
        <message>
            <source>its pickle recalls a value it never kept</source>
            <translation>pickle이 보관한 적 없는 값을 다시 부릅니다</translation>
        </message>
        <message>
            <source>its pickle holds a number of more than 64 bits</source>
            <translation>pickle에 64비트가 넘는 수가 있습니다</translation>
        </message>
        <message>
            <source>make the picture smaller, or raise the limit in the settings</source>
            <translation>사진을 줄이거나 설정에서 한도를 올리세요</translation>
        </message>
        <message>
            <source>choose the processor and float32 in the settings</source>
            <translation>설정에서 CPU와 float32를 고르세요</translation>
        </message>
        <message>
            <source>choose float32 in the settings, or get the weights again</source>
            <translation>설정에서 float32를 고르거나 가중치를 다시 받으세요</translation>
        </message>
        <message>
            <source>choose the processor in the settings, or use a LibTorch with CUDA</source>
            <translation>설정에서 CPU를 고르거나 CUDA를 지원하는 LibTorch를 사용하세요</translation>
        </message>
        <message>
            <source>no file is named</source>
            <translation>파일 이름이 없습니다</translation>
        </message>
        <message>
            <source>%1: pictures that are not open were passed over: %2</source>
            <translation>%1: 열려 있지 않아 건너뛴 사진: %2장</translation>
        </message>
        <message>
            <source>the radius of a refined edge is not between %1 and %2</source>
            <translation>가장자리 탐색 반경이 %1과 %2 사이가 아닙니다</translation>
        </message>
        <message>
            <source>the model %1 is not the one that the project was made with: masks may differ</source>
            <translation>%1 모델은 프로젝트를 만들 때 쓴 모델이 아닙니다. 마스크가 다를 수 있습니다</translation>
        </message>
        <message>
            <source>what %1 finds under a grid of %2 x %2 points, whatever it is</source>
            <translation>%1이(가) %2 x %2 격자점에서 찾은 영역 (이름은 따지지 않음)</translation>
        </message>
        <message>
            <source>%1; pictures whose mask was not saved: %2</source>
            <translation>%1. 마스크를 저장하지 못한 사진: %2장</translation>
        </message>
        <message>
            <source>put the picture back, or find it with File &gt; Find missing pictures</source>
            <translation>사진을 되돌려 놓거나 파일 &gt; 없어진 사진 찾기에서 찾으세요</translation>
        </message>
        <message>
            <source>the pattern %1 leads out of the folder %2, to %3</source>
            <translation>이름 패턴 %1은(는) 폴더 %2 밖을 가리킵니다: %3</translation>
        </message>
        <message>
            <source>leave ".." and the "/" in front out of the pattern; to write elsewhere choose another folder</source>
            <translation>패턴에서 ".."과 맨 앞의 "/"를 빼세요. 다른 곳에 쓰려면 다른 폴더를 고르세요</translation>
        </message>
        <message>
            <source>%1: objects of pictures that it does not list were passed over: %2</source>
            <translation>%1: 목록에 없는 사진의 객체를 건너뛰었습니다: %2개</translation>
        </message>
        <message>
            <source>objects without a pixel in %1 were passed over: %2</source>
            <translation>%1에 픽셀이 없는 객체를 건너뛰었습니다: %2개</translation>
        </message>
        <message>
            <source>%1 has no object in the pictures that are open</source>
            <translation>%1에는 열려 있는 사진의 객체가 없습니다</translation>
        </message>
        <message>
            <source>%1 names no picture</source>
            <translation>%1에는 사진 이름이 없습니다</translation>
        </message>
        <message>
            <source>%1 would have %2 rows, and %3 is the most</source>
            <translation>%1의 줄이 %2개가 됩니다. 최대 %3개까지입니다</translation>
        </message>
        <message>
            <source>remove rows of this picture first</source>
            <translation>먼저 이 사진의 줄을 제거하세요</translation>
        </message>
        <message>
            <source>%1: %2 has %3 rows, and %4 is the most</source>
            <translation>%1: %2의 줄이 %3개입니다. 최대 %4개까지입니다</translation>
        </message>
        <message>
            <source>leave rows of this picture out of the file, which is text, or make the project anew with fewer</source>
            <translation>파일은 텍스트이니 이 사진의 줄을 줄이거나, 더 적은 줄로 프로젝트를 새로 만드세요</translation>
        </message>
        <message>
            <source>its segmentation is one polygon, not a list of them</source>
            <translation>segmentation이 다각형의 목록이 아니라 다각형 하나입니다</translation>
        </message>
        <message>
            <source>its segmentation is empty</source>
            <translation>segmentation이 비어 있습니다</translation>
        </message>
        <message>
            <source>a polygon holds something that is no coordinate</source>
            <translation>다각형에 좌표가 아닌 값이 있습니다</translation>
        </message>
        <message>
            <source>its runs are neither a text nor a list of whole numbers</source>
            <translation>런이 글자도 정수 목록도 아닙니다</translation>
        </message>
        <message>
            <source>it has no &quot;%1&quot;</source>
            <translation>&quot;%1&quot;이(가) 없습니다</translation>
        </message>
        <message>
            <source>&quot;%1&quot; is a number beyond 64 bits</source>
            <translation>&quot;%1&quot;이(가) 64비트를 넘는 수입니다</translation>
        </message>
        <message>
            <source>&quot;%1&quot; is %2, which is no id</source>
            <translation>&quot;%1&quot;이(가) %2인데 이것은 id가 아닙니다</translation>
        </message>
        <message>
            <source>&quot;%1&quot; is %2</source>
            <translation>&quot;%1&quot;이(가) %2입니다</translation>
        </message>
        <message>
            <source>&quot;%1&quot; is no text</source>
            <translation>&quot;%1&quot;이(가) 글자가 아닙니다</translation>
        </message>
        <message>
            <source>it has no segmentation</source>
            <translation>segmentation이 없습니다</translation>
        </message>
        <message>
            <source>its segmentation is neither polygons nor runs</source>
            <translation>segmentation이 다각형도 런도 아닙니다</translation>
        </message>
        <message>
            <source>its mask is %1x%2, the picture %3x%4</source>
            <translation>마스크는 %1x%2, 사진은 %3x%4입니다</translation>
        </message>
        <message>
            <source>its runs or their size are not whole numbers</source>
            <translation>런이나 그 크기가 정수로 쓰여 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 at byte %2</source>
            <translation>%2번째 바이트의 %1</translation>
        </message>
        <message>
            <source>picture entries that cannot be used</source>
            <translation>쓸 수 없는 사진 항목</translation>
        </message>
        <message>
            <source>pictures with an id that was used before</source>
            <translation>이미 쓰인 id를 가진 사진</translation>
        </message>
        <message>
            <source>pictures that are not there</source>
            <translation>파일이 없는 사진</translation>
        </message>
        <message>
            <source>pictures that cannot be read</source>
            <translation>읽을 수 없는 사진</translation>
        </message>
        <message>
            <source>pictures of another size than their entry&apos;s</source>
            <translation>항목과 크기가 다른 사진</translation>
        </message>
        <message>
            <source>pictures whose size was stored before EXIF&apos;s turn (--exif-as-stored reads them, in training the setting exif_as_stored)</source>
            <translation>크기가 EXIF 회전 전의 것으로 적힌 사진(--exif-as-stored로, 학습에서는 exif_as_stored 설정으로 읽습니다)</translation>
        </message>
        <message>
            <source>category entries that cannot be used</source>
            <translation>쓸 수 없는 분류 항목</translation>
        </message>
        <message>
            <source>categories with an id that was used before</source>
            <translation>이미 쓰인 id를 가진 분류</translation>
        </message>
        <message>
            <source>parents or closed names that are no category</source>
            <translation>분류가 아닌 상위 항목이나 닫힌 이름</translation>
        </message>
        <message>
            <source>annotations that cannot be used</source>
            <translation>쓸 수 없는 주석</translation>
        </message>
        <message>
            <source>annotations of a picture that is not listed</source>
            <translation>목록에 없는 사진의 주석</translation>
        </message>
        <message>
            <source>annotations of a category that is not listed</source>
            <translation>목록에 없는 분류의 주석</translation>
        </message>
        <message>
            <source>annotations without a mask</source>
            <translation>마스크가 없는 주석</translation>
        </message>
        <message>
            <source>segmentations that are neither polygons nor runs</source>
            <translation>다각형도 런도 아닌 segmentation</translation>
        </message>
        <message>
            <source>masks whose runs do not fit</source>
            <translation>런이 맞지 않는 마스크</translation>
        </message>
        <message>
            <source>polygons that enclose nothing</source>
            <translation>아무것도 둘러싸지 않는 다각형</translation>
        </message>
        <message>
            <source>polygons with something that is no coordinate</source>
            <translation>좌표가 아닌 값이 있는 다각형</translation>
        </message>
        <message>
            <source>masks that cover no pixel</source>
            <translation>픽셀을 하나도 덮지 않는 마스크</translation>
        </message>
        <message>
            <source>members of an unknown kind</source>
            <translation>종류를 알 수 없는 멤버</translation>
        </message>
        <message>
            <source>whole numbers that are not written as such</source>
            <translation>정수로 쓰이지 않은 정수</translation>
        </message>
        <message>
            <source>polygons without a list around them</source>
            <translation>목록에 들어 있지 않은 다각형</translation>
        </message>
        <message>
            <source>annotations without an id of their own</source>
            <translation>자기 id가 없는 주석</translation>
        </message>
        <message>
            <source>categories with a name that was used before, read as one</source>
            <translation>이름이 이미 쓰여 하나로 읽은 분류</translation>
        </message>
        <message>
            <source>files that were found under another name</source>
            <translation>다른 이름으로 찾은 파일</translation>
        </message>
        <message>
            <source>pictures that are listed more than once</source>
            <translation>목록에 두 번 이상 있는 사진</translation>
        </message>
        <message>
            <source>pictures without a size, which was measured</source>
            <translation>크기가 없어 재어 본 사진</translation>
        </message>
        <message>
            <source>missing lists of annotations</source>
            <translation>없는 주석 목록</translation>
        </message>
        <message>
            <source>scores that are no number from 0 to 1, read as the nearer of both or as 1</source>
            <translation>0에서 1까지의 수가 아니어서 가까운 쪽이나 1로 읽은 점수</translation>
        </message>
        <message>
            <source>numbers that JSON does not have</source>
            <translation>JSON에 없는 수</translation>
        </message>
        <message>
            <source>keys that are there twice, of which the last counts</source>
            <translation>두 번 나와서 마지막 것을 따른 키</translation>
        </message>
        <message>
            <source>characters that Unicode does not have, read as U+FFFD</source>
            <translation>유니코드에 없어 U+FFFD로 읽은 문자</translation>
        </message>
        <message>
            <source>correct the file, or read it without strict, which passes such entries over</source>
            <translation>파일을 고치거나, 이런 항목을 건너뛰도록 엄격하지 않게 읽으세요</translation>
        </message>
        <message>
            <source>passed over: %1</source>
            <translation>건너뜀: %1</translation>
        </message>
        <message>
            <source>read all the same: %1</source>
            <translation>그래도 읽음: %1</translation>
        </message>
        <message>
            <source>passed over: %1; read all the same: %2</source>
            <translation>건너뜀: %1; 그래도 읽음: %2</translation>
        </message>
        <message>
            <source>%1: %2 (first: %3)</source>
            <translation>%1: %2개(처음: %3)</translation>
        </message>
        <message>
            <source>%1 lists several pictures called %2, and their folders are none of this one&apos;s</source>
            <translation>%1에 %2(이)라는 사진이 여러 장 있는데 그 폴더가 모두 이 사진의 폴더와 다릅니다</translation>
        </message>
        <message>
            <source>open the picture in the folder that the file has for it</source>
            <translation>파일에 적힌 폴더에 있는 사진을 여세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ExamplesController</name>
        <message>
            <source>Choose first the example to take away from</source>
            <translation>먼저 덜어 낼 예시를 고르세요</translation>
        </message>
        <message>
            <source>A click marks nothing: keep the button down and draw</source>
            <translation>누르기만 해서는 표시되지 않습니다. 단추를 누른 채 그리세요</translation>
        </message>
        <message>
            <source>That lies outside the picture: nothing was marked</source>
            <translation>사진 밖이라 아무것도 표시되지 않았습니다</translation>
        </message>
        <message>
            <source>Nothing was found at this place</source>
            <translation>이 자리에서는 찾은 것이 없습니다</translation>
        </message>
        <message>
            <source>Type a phrase first, then pick what was found</source>
            <translation>먼저 찾을 말을 입력한 뒤, 찾은 것을 고르세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::FloatingParts</name>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Back to the folder's pictures</source>
            <translation>폴더의 사진들로 돌아가기</translation>
        </message>
        <message>
            <source>Show at its own size</source>
            <translation>실제 크기로 보기</translation>
        </message>
        <message>
            <source>%1 cannot be shown. What was kept in it stays in the project.</source>
            <translation>%1 사진을 표시할 수 없습니다. 이 사진에 남긴 것은 프로젝트에 그대로 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::FolderController</name>
        <message>
            <source>Save the masks of all pictures in a folder</source>
            <translation>모든 사진의 마스크를 폴더에 저장</translation>
        </message>
        <message>
            <source>Save masks</source>
            <translation>마스크 저장</translation>
        </message>
        <message numerus="yes">
            <source>Pictures with a warning: %n. Hold the pointer over one to read it.</source>
            <translation>
                <numerusform>경고가 있는 사진이 %n장입니다. 사진 위에 포인터를 올리면 읽을 수 있습니다.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Files of these names in the folder already: %n</source>
            <translation>
                <numerusform>같은 이름의 파일 %n개가 폴더에 이미 있습니다.</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep both</source>
            <translation>둘 다 두기</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>바꾸기</translation>
        </message>
        <message>
            <source>Replace only changed</source>
            <translation>바뀐 것만 바꾸기</translation>
        </message>
        <message>
            <source>“Replace only changed” leaves what this search has made of the same picture, and masks edited since.</source>
            <translation>‘바뀐 것만 바꾸기’는 같은 사진에서 이 검색으로 만든 마스크와 그 뒤에 손으로 고친 마스크를 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Saving masks: %1 of %2</source>
            <translation>마스크 저장 중: %2장 가운데 %1장</translation>
        </message>
        <message numerus="yes">
            <source>Masks saved in %1: %n</source>
            <translation>
                <numerusform>%1 폴더에 마스크 %n개를 저장했습니다</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>failed: %n</source>
            <translation>
                <numerusform>사진 %n장은 실패했습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>then stopped</source>
            <translation>그다음 멈추었습니다</translation>
        </message>
        <message>
            <source>One line for each picture is in %1.</source>
            <translation>사진마다 한 줄이 %1에 있습니다.</translation>
        </message>
        <message>
            <source>Masks are still being saved: %1 of %2.</source>
            <translation>마스크를 아직 저장하고 있습니다: %2개 중 %1개.</translation>
        </message>
        <message>
            <source>Open a folder</source>
            <translation>폴더 열기</translation>
        </message>
        <message>
            <source>Saving the masks of “%1” in %2 did not come to its end.</source>
            <translation>%2 폴더에서 “%1” 마스크 저장이 끝나지 않았습니다.</translation>
        </message>
        <message>
            <source>What is saved already stays as it is.</source>
            <translation>이미 저장한 파일은 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Leave it</source>
            <translation>그만두기</translation>
        </message>
        <message>
            <source>phrase</source>
            <translation>찾을 말</translation>
        </message>
        <message>
            <source>Looking for pictures…</source>
            <translation>사진을 찾는 중…</translation>
        </message>
        <message>
            <source>Reading pictures: %1 of %2</source>
            <translation>사진 읽는 중: %2장 중 %1장</translation>
        </message>
        <message>
            <source>Searching pictures: %1 of %2</source>
            <translation>사진에서 찾는 중: %2장 중 %1장</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::FolderMasks</name>
        <message>
            <source>there already, left alone</source>
            <translation>이미 있어서 그대로 두었습니다</translation>
        </message>
        <message>
            <source>Paused: %1 of %2 masks saved</source>
            <translation>일시 중지: 마스크 %2장 가운데 %1장 저장</translation>
        </message>
        <message>
            <source>Saving masks: %1 of %2</source>
            <translation>마스크 저장 중: %2장 가운데 %1장</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::FolderView</name>
        <message>
            <source>Waiting</source>
            <translation>기다리는 중</translation>
        </message>
        <message>
            <source>“%1” in %2</source>
            <translation>%2에서 ‘%1’ 찾기</translation>
        </message>
        <message>
            <source>Looking for pictures…</source>
            <translation>사진을 찾는 중…</translation>
        </message>
        <message>
            <source>No pictures in this folder</source>
            <translation>이 폴더에는 사진이 없습니다</translation>
        </message>
        <message>
            <source>%1 of %2 searched, %3 with a find</source>
            <translation>%2장 가운데 %1장을 살폈고 %3장에서 찾았습니다</translation>
        </message>
        <message numerus="yes">
            <source>%n could not be read</source>
            <translation>
                <numerusform>%n장은 읽지 못했습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>%1 남음</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>멈추기</translation>
        </message>
        <message>
            <source>Search again</source>
            <translation>다시 찾기</translation>
        </message>
        <message>
            <source>Back to the picture</source>
            <translation>사진으로 돌아가기</translation>
        </message>
        <message>
            <source>Pictures of the folder, best first</source>
            <translation>폴더의 사진, 잘 맞는 것부터</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1초</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1분</translation>
        </message>
        <message>
            <source>Save masks…</source>
            <translation>마스크 저장…</translation>
        </message>
        <message>
            <source>Not searched</source>
            <translation>찾지 않음</translation>
        </message>
        <message numerus="yes">
            <source>Pictures: %n. Type what to find in them.</source>
            <translation>
                <numerusform>사진 %n장. 찾을 말을 입력하세요.</numerusform>
            </translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 중지</translation>
        </message>
        <message>
            <source>Details…</source>
            <translation>자세히…</translation>
        </message>
        <message>
            <source>What was saved, and what went wrong with which picture</source>
            <translation>저장한 것과, 문제가 생긴 사진과 그 이유</translation>
        </message>
        <message>
            <source>The picture in hand is finished first</source>
            <translation>처리 중인 사진은 마저 처리합니다</translation>
        </message>
        <message>
            <source>Save the masks of all these pictures into a folder</source>
            <translation>이 사진들의 마스크를 모두 폴더에 저장합니다</translation>
        </message>
        <message>
            <source>Mask not saved</source>
            <translation>마스크를 저장하지 못함</translation>
        </message>
        <message>
            <source>Could not be read</source>
            <translation>읽을 수 없음</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::HeaderBar</name>
        <message>
            <source>Open</source>
            <translation>열기</translation>
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
            <source>Where is it</source>
            <translation>어디에 있나</translation>
        </message>
        <message>
            <source>Which one</source>
            <translation>어느 것</translation>
        </message>
        <message>
            <source>Everything that the phrase names lights up</source>
            <translation>말이 가리키는 것이 모두 드러납니다</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>사진 열기</translation>
        </message>
        <message>
            <source>Save what was found as a PNG</source>
            <translation>찾은 것을 PNG로 저장</translation>
        </message>
        <message>
            <source>The one thing that the phrase means, out of all that the picture holds</source>
            <translation>사진에 있는 것 가운데 말이 뜻하는 하나를 찾습니다</translation>
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
            <source>%1 - Maskwright</source>
            <translation>%1 - Maskwright</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>A name has at most %1 characters; the rest was left out</source>
            <translation>이름은 %1자까지입니다. 나머지는 뺐습니다</translation>
        </message>
        <message>
            <source>What is meant has at most %1 characters; the rest was left out</source>
            <translation>가리키는 것은 %1자까지입니다. 나머지는 뺐습니다</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Marks</name>
        <message>
            <source>marked object</source>
            <translation>표시한 물체</translation>
        </message>
        <message>
            <source>new example</source>
            <translation>새 예시</translation>
        </message>
        <message>
            <source>example removed</source>
            <translation>예시 지우기</translation>
        </message>
        <message>
            <source>Example %1</source>
            <translation>예시 %1</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::MaskImport</name>
        <message>
            <source>Open a mask</source>
            <translation>마스크 열기</translation>
        </message>
        <message>
            <source>Masks</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>Open the picture of this mask</source>
            <translation>이 마스크의 사진 열기</translation>
        </message>
        <message>
            <source>All labels together</source>
            <translation>모든 레이블을 함께</translation>
        </message>
        <message>
            <source>Label %1: %2 pixels</source>
            <translation>레이블 %1: 픽셀 %2개</translation>
        </message>
        <message>
            <source>The mask has several labels. The object is:</source>
            <translation>마스크에 레이블이 여럿 있습니다. 물체는:</translation>
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
            <translation>임계값</translation>
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
            <translation>모든 픽셀의 확률을 보입니다</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>임계값</translation>
        </message>
        <message>
            <source>From which probability on a pixel belongs to the mask.
Double-click for the model's own.</source>
            <translation>확률이 이 값을 넘는 픽셀이 마스크가 됩니다.
두 번 누르면 모델 기본값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>불투명도</translation>
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
            <translation>사진에서 가장 높은 확률입니다. 임계값보다 낮으면 아무것도 표시하지 않습니다.</translation>
        </message>
        <message>
            <source>model's own</source>
            <translation>모델 기본값</translation>
        </message>
        <message>
            <source>Best match: %1, perhaps</source>
            <translation>가장 높은 확률: %1, 불확실</translation>
        </message>
        <message>
            <source>Outline</source>
            <translation>윤곽선</translation>
        </message>
        <message>
            <source>Cutout</source>
            <translation>오려내기</translation>
        </message>
        <message>
            <source>Draw only the border of what was found</source>
            <translation>찾은 것의 테두리만 그립니다</translation>
        </message>
        <message>
            <source>The mask alone, black and white</source>
            <translation>마스크만 흑백으로 보여 줍니다</translation>
        </message>
        <message>
            <source>What was found, cut out over a checkerboard</source>
            <translation>찾은 것만 바둑판무늬 위에 오려 보여 줍니다</translation>
        </message>
        <message>
            <source>All rows that are shown count as one mask; hide some, or show only one.</source>
            <translation>표시된 모든 줄을 하나의 마스크로 봅니다. 일부를 숨기거나 하나만 표시할 수 있습니다.</translation>
        </message>
        <message>
            <source>Before and after</source>
            <translation>전후 비교</translation>
        </message>
        <message>
            <source>The picture alone left of a line that can be moved</source>
            <translation>움직일 수 있는 선의 왼쪽에는 원본 사진만 보여 줍니다</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>Read the threshold off the probabilities: where they part best into two groups, and never below half of the model's own</source>
            <translation>확률 분포에서 임계값을 정합니다. 두 무리로 가장 잘 나뉘는 곳을 고르며, 모델 기본값의 절반보다 낮아지지 않습니다</translation>
        </message>
        <message>
            <source>%1 · automatic</source>
            <translation>%1 · 자동</translation>
        </message>
        <message>
            <source>automatic threshold</source>
            <translation>자동 임계값</translation>
        </message>
        <message>
            <source>edges</source>
            <translation>가장자리</translation>
        </message>
        <message>
            <source>Edges follow the picture</source>
            <translation>가장자리를 사진에 맞춤</translation>
        </message>
        <message>
            <source>Move the mask's border to edges of the picture nearby</source>
            <translation>마스크의 경계를 가까운 사진 속 가장자리로 옮깁니다</translation>
        </message>
        <message>
            <source>Reach of edges</source>
            <translation>가장자리 탐색 범위</translation>
        </message>
        <message>
            <source>How far from the mask's coarse border an edge is looked for, in pixels of a map 352 pixels wide.
Double-click for the default.</source>
            <translation>마스크의 대략적인 경계에서 얼마나 멀리까지 가장자리를 찾을지 정합니다. 단위는 너비가 352픽셀인 맵의 픽셀입니다.
두 번 클릭하면 기본값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>object</source>
            <translation>물체</translation>
        </message>
        <message>
            <source>This row is an object by itself, taken out of a mask or a candidate: no model is asked for it, so it has no probabilities. “Correct” changes it.</source>
            <translation>이 줄은 마스크나 후보에서 꺼낸 물체입니다. 모델에 묻지 않으므로 확률이 없습니다. “수정”으로 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>This is for one picture at a time: click one of the folder's.</source>
            <translation>사진 한 장에만 쓸 수 있습니다. 폴더의 사진을 하나 누르세요.</translation>
        </message>
        <message>
            <source>%1 px</source>
            <translation>%1픽셀</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelController</name>
        <message>
            <source>Open a model folder</source>
            <translation>모델 폴더 열기</translation>
        </message>
        <message>
            <source>Opening %1…</source>
            <translation>%1 여는 중…</translation>
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
            <source>The graphics card's memory is full.</source>
            <translation>그래픽 카드의 메모리가 부족합니다.</translation>
        </message>
        <message>
            <source>The model goes on on the processor, which takes longer.</source>
            <translation>모델을 CPU에서 계속 실행하므로 더 오래 걸립니다.</translation>
        </message>
        <message>
            <source>This model searches only the middle of a picture.</source>
            <translation>이 모델은 사진의 가운데만 찾습니다.</translation>
        </message>
        <message>
            <source>Its folder asks for that: do_center_crop is on in its preprocessor file.</source>
            <translation>모델 폴더의 전처리 파일에 do_center_crop이 켜져 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::OpenController</name>
        <message>
            <source>Pictures</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Reading %1…</source>
            <translation>%1 읽는 중…</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>모든 파일</translation>
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
            <source>Dropped picture</source>
            <translation>끌어다 놓은 사진</translation>
        </message>
        <message>
            <source>Open pictures</source>
            <translation>사진 열기</translation>
        </message>
        <message>
            <source>Maskwright projects</source>
            <translation>Maskwright 프로젝트</translation>
        </message>
        <message>
            <source>Pictures and projects</source>
            <translation>사진과 프로젝트</translation>
        </message>
        <message>
            <source>Undone in %1: %2</source>
            <translation>%1에서 실행 취소: %2</translation>
        </message>
        <message>
            <source>Done again in %1: %2</source>
            <translation>%1에서 다시 실행: %2</translation>
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
        <message>
            <source>Which one is meant? For example: the second cup from the left</source>
            <translation>어느 것인가요? 예: 왼쪽에서 두 번째 컵</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Samples</name>
        <message>
            <source>A street</source>
            <translation>거리</translation>
        </message>
        <message>
            <source>car, traffic light, bicycle</source>
            <translation>자동차, 신호등, 자전거</translation>
        </message>
        <message>
            <source>Wine on a table</source>
            <translation>탁자 위의 와인</translation>
        </message>
        <message>
            <source>wine glass, bottle, table</source>
            <translation>와인잔, 잔</translation>
        </message>
        <message>
            <source>A herd of horses</source>
            <translation>말 떼</translation>
        </message>
        <message>
            <source>horses, sky, grass</source>
            <translation>말, 말 떼</translation>
        </message>
        <message>
            <source>A cat</source>
            <translation>고양이</translation>
        </message>
        <message>
            <source>cat, animal</source>
            <translation>고양이, 새끼 고양이</translation>
        </message>
        <message>
            <source>A cup of coffee</source>
            <translation>커피 한 잔</translation>
        </message>
        <message>
            <source>cup, spoon, table</source>
            <translation>컵, 숟가락, 커피</translation>
        </message>
        <message>
            <source>An astronaut</source>
            <translation>우주비행사</translation>
        </message>
        <message>
            <source>person, astronaut</source>
            <translation>사람, 우주비행사</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SaveController</name>
        <message>
            <source>Saved %1</source>
            <translation>%1 저장했습니다</translation>
        </message>
        <message>
            <source>Saving %1…</source>
            <translation>%1 저장 중…</translation>
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
            <source>Cutout copied</source>
            <translation>오려낸 그림을 복사했습니다</translation>
        </message>
        <message>
            <source>%1 is empty: nothing in the picture reaches the threshold.</source>
            <translation>%1 파일은 비어 있습니다. 사진에 임계값을 넘는 곳이 없습니다.</translation>
        </message>
        <message>
            <source>Lower the threshold, or look for something else, and save again.</source>
            <translation>임계값을 낮추거나 다른 것을 찾은 다음 다시 저장하세요.</translation>
        </message>
        <message>
            <source>Copying the cutout…</source>
            <translation>오려낸 그림을 복사하는 중…</translation>
        </message>
        <message>
            <source>Copying the mask…</source>
            <translation>마스크를 복사하는 중…</translation>
        </message>
        <message>
            <source>Mask copied</source>
            <translation>마스크를 복사했습니다</translation>
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
            <source>Picture: %1
Phrase: %2
Mask: %3
Edges: %4</source>
            <translation>사진: %1
찾을 말: %2
마스크: %3
가장자리: %4</translation>
        </message>
        <message>
            <source>The pixel under the pointer, and how probable it is what you look for</source>
            <translation>포인터 아래의 픽셀과, 그것이 찾는 대상일 확률</translation>
        </message>
        <message>
            <source>Width and height of the picture in pixels</source>
            <translation>사진의 너비와 높이(픽셀)</translation>
        </message>
        <message numerus="yes">
            <source>The model in use
%1
%Ln parameters</source>
            <translation>
                <numerusform>사용 중인 모델
%1
매개변수 %Ln개</numerusform>
            </translation>
        </message>
        <message>
            <source>Where it computes
%1 threads, LibTorch %2, %3</source>
            <translation>계산하는 장치
스레드 %1개, LibTorch %2, %3</translation>
        </message>
        <message>
            <source>Precision of the large products; everything else is float32</source>
            <translation>큰 행렬 곱의 정밀도. 나머지는 모두 float32</translation>
        </message>
        <message>
            <source>Memory the program has in use, all of it
At most so far: %1</source>
            <translation>프로그램이 지금 쓰는 메모리 전체
지금까지의 최대: %1</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::StylePanel</name>
        <message>
            <source>Crop, blur and darken the background</source>
            <translation>자르고 배경을 흐리고 어둡게</translation>
        </message>
        <message>
            <source>Crop, blur and darken, 224 pixels</source>
            <translation>자르고 흐리고 어둡게, 224픽셀</translation>
        </message>
        <message>
            <source>Crop</source>
            <translation>자르기</translation>
        </message>
        <message>
            <source>Background removed</source>
            <translation>배경 없애기</translation>
        </message>
        <message>
            <source>Background at 15 %</source>
            <translation>배경 15 %</translation>
        </message>
        <message>
            <source>Background at 15 %, object lightened</source>
            <translation>배경 15 %, 물체는 밝게</translation>
        </message>
        <message>
            <source>Background blurred a little, 50 %</source>
            <translation>배경 조금 흐리게, 50 %</translation>
        </message>
        <message>
            <source>Background blurred, 50 %</source>
            <translation>배경 흐리게, 50 %</translation>
        </message>
        <message>
            <source>Background blurred, 10 %</source>
            <translation>배경 흐리게, 10 %</translation>
        </message>
        <message>
            <source>The region's shape only</source>
            <translation>영역의 모양만</translation>
        </message>
        <message>
            <source>The picture as it is</source>
            <translation>사진 그대로</translation>
        </message>
        <message>
            <source>Nothing (mean grey)</source>
            <translation>아무것도 없음(평균 회색)</translation>
        </message>
        <message>
            <source>Red outline</source>
            <translation>빨간 테두리</translation>
        </message>
        <message>
            <source>Object dyed red</source>
            <translation>물체를 빨갛게</translation>
        </message>
        <message>
            <source>Background in grey</source>
            <translation>배경을 회색조로</translation>
        </message>
        <message>
            <source>Red rectangle</source>
            <translation>빨간 네모</translation>
        </message>
        <message>
            <source>Class token sees the region only</source>
            <translation>클래스 토큰이 영역만 봄</translation>
        </message>
        <message>
            <source>Background at 50 %</source>
            <translation>배경 50 %</translation>
        </message>
        <message>
            <source>Background at 10 %</source>
            <translation>배경 10 %</translation>
        </message>
        <message>
            <source>Background at 0 %</source>
            <translation>배경 0 %</translation>
        </message>
        <message>
            <source>Background blurred</source>
            <translation>배경 흐리게</translation>
        </message>
        <message>
            <source>Background blurred, 10 %, 224 pixels</source>
            <translation>배경 흐리게, 10 %, 224픽셀</translation>
        </message>
        <message>
            <source>Crop with much context</source>
            <translation>주변을 넉넉히 두고 자르기</translation>
        </message>
        <message>
            <source>Crop with little context</source>
            <translation>주변을 조금 두고 자르기</translation>
        </message>
        <message>
            <source>Crop, background blurred</source>
            <translation>자르고 배경 흐리게</translation>
        </message>
        <message>
            <source>Crop, background at 10 %</source>
            <translation>자르고 배경 10 %</translation>
        </message>
        <message>
            <source>Class token sees the region only, last block</source>
            <translation>클래스 토큰이 영역만 봄, 마지막 블록</translation>
        </message>
        <message>
            <source>Class token sees the region only, all blocks</source>
            <translation>클래스 토큰이 영역만 봄, 모든 블록</translation>
        </message>
        <message>
            <source>Everything outside hidden inside the encoder</source>
            <translation>인코더 안에서 바깥을 모두 가림</translation>
        </message>
        <message>
            <source>%1 px</source>
            <translation>%1픽셀</translation>
        </message>
        <message>
            <source>way of showing</source>
            <translation>보여 주는 방식</translation>
        </message>
        <message>
            <source>Mark an object to see what the model will see of it.</source>
            <translation>물체를 표시하면 모델이 보게 될 모습이 나타납니다.</translation>
        </message>
        <message>
            <source>What the model sees</source>
            <translation>모델이 보는 모습</translation>
        </message>
        <message>
            <source>Exactly these pixels go into the model.</source>
            <translation>바로 이 픽셀들이 모델에 들어갑니다.</translation>
        </message>
        <message>
            <source>Own setting</source>
            <translation>직접 설정</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>미리 설정</translation>
        </message>
        <message>
            <source>No tint</source>
            <translation>덧칠 없음</translation>
        </message>
        <message>
            <source>Outline</source>
            <translation>테두리</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>사각형</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>기본</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>선</translation>
        </message>
        <message>
            <source>How wide the line is drawn. Usual: 5 pixels for an outline, 2 for a rectangle.</source>
            <translation>선을 얼마나 굵게 그릴지 정합니다. 기본: 테두리 5픽셀, 사각형 2픽셀.</translation>
        </message>
        <message>
            <source>Colour of the line…</source>
            <translation>선의 색…</translation>
        </message>
        <message>
            <source>Colour of the line</source>
            <translation>선의 색</translation>
        </message>
        <message>
            <source>Object in red on grey</source>
            <translation>회색 위에 빨간 물체</translation>
        </message>
        <message>
            <source>Grey background</source>
            <translation>회색 배경</translation>
        </message>
        <message>
            <source>Tint</source>
            <translation>색칠</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>배경</translation>
        </message>
        <message>
            <source>How bright the surroundings stay. 100 %: as they are.</source>
            <translation>주변을 얼마나 밝게 둘지 정합니다. 100 %: 그대로.</translation>
        </message>
        <message>
            <source>Blur</source>
            <translation>흐림</translation>
        </message>
        <message>
            <source>How much the surroundings are blurred.</source>
            <translation>주변을 얼마나 흐리게 할지 정합니다.</translation>
        </message>
        <message>
            <source>Crop to the object</source>
            <translation>물체에 맞춰 자르기</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>주변</translation>
        </message>
        <message>
            <source>How much of the surroundings is kept around the object when cropping.</source>
            <translation>자를 때 물체 주변을 얼마나 남길지 정합니다.</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>The side of the picture the model gets.</source>
            <translation>모델이 받는 그림의 한 변입니다.</translation>
        </message>
        <message>
            <source>Compare ways of showing…</source>
            <translation>보여 주는 방식 견주기…</translation>
        </message>
        <message>
            <source>Try every preset on this example</source>
            <translation>이 예시로 모든 미리 설정을 시험합니다</translation>
        </message>
        <message>
            <source>Attention: everywhere</source>
            <translation>주의: 어디나</translation>
        </message>
        <message>
            <source>Attention: only inside, all blocks</source>
            <translation>주의: 안쪽만, 모든 블록</translation>
        </message>
        <message>
            <source>Attention: only inside, from a block on</source>
            <translation>주의: 안쪽만, 한 블록부터</translation>
        </message>
        <message>
            <source>Attention: class token only inside</source>
            <translation>주의: 클래스 토큰만 안쪽</translation>
        </message>
        <message>
            <source>Attention</source>
            <translation>주의</translation>
        </message>
        <message>
            <source>Hides what is outside within CLIP's encoder instead of changing pixels.</source>
            <translation>픽셀을 바꾸는 대신 CLIP 인코더 안에서 바깥을 가립니다.</translation>
        </message>
        <message>
            <source>This model has no tokens to hide: its encoder is not a transformer. CLIPSeg's models have.</source>
            <translation>이 모델의 인코더는 트랜스포머가 아니어서 가릴 토큰이 없습니다. CLIPSeg 모델에는 있습니다.</translation>
        </message>
        <message>
            <source>From block</source>
            <translation>시작 블록</translation>
        </message>
        <message>
            <source>The first block in which the outside is hidden.</source>
            <translation>바깥을 가리기 시작하는 블록입니다.</translation>
        </message>
        <message>
            <source>More</source>
            <translation>추가 항목</translation>
        </message>
        <message>
            <source>Shows: the picture</source>
            <translation>보이는 것: 사진</translation>
        </message>
        <message>
            <source>Shows: the region's shape</source>
            <translation>보이는 것: 영역의 모양</translation>
        </message>
        <message>
            <source>Shows: nothing</source>
            <translation>보이는 것: 없음</translation>
        </message>
        <message>
            <source>Content</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>What is shown at all: the picture, white where the object is, or mean grey.</source>
            <translation>무엇을 보일지 정합니다: 사진, 물체 자리만 흰 모양, 또는 평균 회색.</translation>
        </message>
        <message>
            <source>Darkens towards grey</source>
            <translation>회색 쪽으로 어둡게</translation>
        </message>
        <message>
            <source>Darkens towards black</source>
            <translation>검정 쪽으로 어둡게</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>바탕</translation>
        </message>
        <message>
            <source>What darkening pulls towards, and what fills a crop up to a square. The published models learned grey.</source>
            <translation>어둡게 할 때 가까워지는 색이며, 자른 그림을 정사각형으로 채우는 색입니다. 공개된 모델은 회색으로 배웠습니다.</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>밝기</translation>
        </message>
        <message>
            <source>Of object and surroundings alike.</source>
            <translation>물체와 주변 모두의 밝기입니다.</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>물체</translation>
        </message>
        <message>
            <source>How strongly the object itself is shown. 100 %: as it is.</source>
            <translation>물체 자체를 얼마나 강하게 보일지 정합니다. 100 %: 그대로.</translation>
        </message>
        <message>
            <source>Object lighter or darker</source>
            <translation>물체 밝게·어둡게</translation>
        </message>
        <message>
            <source>Added to the object, in the model's units.</source>
            <translation>모델의 단위로 물체에 더합니다.</translation>
        </message>
        <message>
            <source>All lighter or darker</source>
            <translation>전체 밝게·어둡게</translation>
        </message>
        <message>
            <source>Added to everything, in the model's units.</source>
            <translation>모델의 단위로 전체에 더합니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SupportCard</name>
        <message>
            <source>name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>example on or off</source>
            <translation>예시 켜기·끄기</translation>
        </message>
        <message>
            <source>this or not this</source>
            <translation>이것 또는 이것 아님</translation>
        </message>
        <message>
            <source>weight</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Use this example</source>
            <translation>이 예시 쓰기</translation>
        </message>
        <message>
            <source>Leave out what is like this</source>
            <translation>이와 닮은 것 빼기</translation>
        </message>
        <message>
            <source>Keep for other pictures and other days</source>
            <translation>다른 사진과 다음 날을 위해 간직하기</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>Its share among the examples. Double-click for an equal share.</source>
            <translation>예시들 가운데 차지하는 몫입니다. 두 번 누르면 똑같이 나눕니다.</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>%1 is not there, or cannot be read: this example asks nothing.</source>
            <translation>%1 파일이 없거나 읽을 수 없습니다. 이 예시는 찾는 데 쓰이지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SupportsPanel</name>
        <message>
            <source>%1 % example</source>
            <translation>예시 %1 %</translation>
        </message>
        <message>
            <source>mixture</source>
            <translation>섞는 비율</translation>
        </message>
        <message>
            <source>Nothing kept yet: use the star on an example</source>
            <translation>아직 간직한 것이 없습니다. 예시의 별을 누르세요</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>뺄 것</translation>
        </message>
        <message>
            <source>weight of what is left out</source>
            <translation>빼는 세기</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>예시</translation>
        </message>
        <message>
            <source>Mark an object with one of the tools on the left, and things like it are found, here and in other pictures.</source>
            <translation>왼쪽 도구로 물체를 표시하면 이 사진과 다른 사진에서 그와 닮은 것을 찾습니다.</translation>
        </message>
        <message>
            <source>Import a mask with its picture</source>
            <translation>마스크와 그 사진 가져오기</translation>
        </message>
        <message>
            <source>Examples you have kept</source>
            <translation>간직한 예시</translation>
        </message>
        <message>
            <source>Phrase or example</source>
            <translation>말과 예시</translation>
        </message>
        <message>
            <source>How much the example counts against the phrase: x = a · example + (1 - a) · phrase.
Words usually find more; examples find particular things.</source>
            <translation>말에 견주어 예시를 얼마나 쓸지 정합니다: x = a · 예시 + (1 - a) · 말.
말은 대개 더 많이 찾고, 예시는 특정한 것을 찾습니다.</translation>
        </message>
        <message>
            <source>Leave out</source>
            <translation>빼기</translation>
        </message>
        <message>
            <source>Not this, for example: dog</source>
            <translation>이것 말고, 예: 개</translation>
        </message>
        <message>
            <source>What to leave out</source>
            <translation>뺄 것</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>세기</translation>
        </message>
        <message>
            <source>How strongly what is left out is taken away from what is found.</source>
            <translation>찾은 것에서 뺄 것을 얼마나 강하게 뺄지 정합니다.</translation>
        </message>
        <message>
            <source>way of leaving out</source>
            <translation>빼는 방식</translation>
        </message>
        <message>
            <source>Subtract</source>
            <translation>빼기</translation>
        </message>
        <message>
            <source>Compete</source>
            <translation>겨루기</translation>
        </message>
        <message>
            <source>The probability of what is left out is taken away from what is found: unsure pixels go too</source>
            <translation>찾은 것의 확률에서 빼는 것의 확률을 뺍니다. 불확실한 픽셀도 함께 빠집니다</translation>
        </message>
        <message>
            <source>A pixel stays where it is more probably what you look for than what is left out, and loses nothing then</source>
            <translation>찾는 것일 확률이 빼는 것보다 높은 픽셀은 확률을 그대로 지닌 채 남습니다</translation>
        </message>
        <message>
            <source>How it is left out</source>
            <translation>빼는 방식</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ToolRail</name>
        <message>
            <source>Rectangle</source>
            <translation>네모</translation>
        </message>
        <message>
            <source>Drag a box around an object</source>
            <translation>물체를 감싸는 네모를 끌어서 그립니다</translation>
        </message>
        <message>
            <source>Draw around an object</source>
            <translation>물체 둘레를 그립니다</translation>
        </message>
        <message>
            <source>Paint over an object; Alt takes away, [ and ] change the size</source>
            <translation>물체를 칠합니다. Alt는 지우고 [ 와 ]는 크기를 바꿉니다</translation>
        </message>
        <message>
            <source>Click corner after corner; a double click closes</source>
            <translation>꼭짓점을 차례로 누르고 두 번 눌러 닫습니다</translation>
        </message>
        <message>
            <source>Click on something that was found</source>
            <translation>찾은 것을 누릅니다</translation>
        </message>
        <message>
            <source>Shift adds to the example in hand, Alt takes away</source>
            <translation>Shift는 고른 예시에 더하고 Alt는 뺍니다</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>수정</translation>
        </message>
        <message>
            <source>Mark an example</source>
            <translation>예시 표시</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>이동</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>브러시</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>지우개</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>물체</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>올가미</translation>
        </message>
        <message>
            <source>Marker</source>
            <translation>마커</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>다각형</translation>
        </message>
        <message>
            <source>Pick</source>
            <translation>고르기</translation>
        </message>
        <message>
            <source>%1 px</source>
            <translation>%1 px</translation>
        </message>
        <message>
            <source>[ and ] change the size, with Shift the hardness; X changes brush and eraser</source>
            <translation>[와 ]로 크기를, Shift와 함께 경도를 바꿉니다. X로 브러시와 지우개를 바꿉니다</translation>
        </message>
        <message>
            <source>Drag to move the picture, wheel to zoom</source>
            <translation>끌어서 사진을 옮기고 휠로 확대합니다</translation>
        </message>
        <message>
            <source>Paint into the mask; Alt or the right button erases</source>
            <translation>마스크에 칠합니다. Alt 또는 오른쪽 단추로 지웁니다</translation>
        </message>
        <message>
            <source>Paint out of the mask; Alt or the right button paints</source>
            <translation>마스크에서 지웁니다. Alt 또는 오른쪽 단추로 칠합니다</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Of the brush, in pixels of the picture</source>
            <translation>브러시의 크기(사진의 픽셀)</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>경도</translation>
        </message>
        <message>
            <source>Up to where the brush is sure. In its soft rim it keeps to the edge that the model sees.</source>
            <translation>브러시가 확실히 칠하는 범위입니다. 부드러운 가장자리에서는 모델이 본 경계를 따릅니다.</translation>
        </message>
        <message>
            <source>Click on an object, in the mask if there is one: it becomes a row of its own</source>
            <translation>물체를 클릭하면 따로 한 줄이 됩니다. 마스크가 있으면 그 안에서 고릅니다</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::OverlayState</name>
        <message>
            <source>colour</source>
            <translation>색</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::RowCard</name>
        <message>
            <source>row shown or hidden</source>
            <translation>줄 표시</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Nothing of it is in this picture</source>
            <translation>이 사진에는 없습니다</translation>
        </message>
        <message>
            <source>Best match</source>
            <translation>가장 높은 확률</translation>
        </message>
        <message>
            <source>name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Show only this</source>
            <translation>이것만 표시</translation>
        </message>
        <message>
            <source>Up</source>
            <translation>위로</translation>
        </message>
        <message>
            <source>Down</source>
            <translation>아래로</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Show this row</source>
            <translation>이 줄 표시</translation>
        </message>
        <message>
            <source>Remove this row</source>
            <translation>이 줄 지우기</translation>
        </message>
        <message>
            <source>object</source>
            <translation>물체</translation>
        </message>
        <message>
            <source>Taken out of a mask; no model is asked for it</source>
            <translation>마스크에서 꺼낸 물체입니다. 모델에 묻지 않습니다</translation>
        </message>
        <message>
            <source>corrected</source>
            <translation>수정됨</translation>
        </message>
        <message>
            <source>%1, corrected</source>
            <translation>%1, 수정됨</translation>
        </message>
        <message>
            <source>Corrected by hand. The correction stays for another threshold and another phrase; “Correct” below can remove it.</source>
            <translation>손으로 수정했습니다. 임계값이나 찾을 말을 바꾸어도 남습니다. 아래 “수정”에서 지울 수 있습니다.</translation>
        </message>
        <message>
            <source>Click to change it, double-click to rename it, Alt and an arrow key to move it; drag it out to have its mask as a file</source>
            <translation>누르면 고치고, 두 번 누르면 이름을 바꾸고, Alt와 화살표로 옮깁니다. 밖으로 끌면 마스크가 파일이 됩니다</translation>
        </message>
        <message>
            <source>No pixel in two rows</source>
            <translation>줄끼리 픽셀을 겹치지 않음</translation>
        </message>
        <message>
            <source>way of leaving out</source>
            <translation>빼는 방식</translation>
        </message>
        <message>
            <source>Compete with what is left out</source>
            <translation>빼는 것과 겨루기</translation>
        </message>
        <message>
            <source>A pixel stays where it is more probably the row's than what is left out; off: what is left out is subtracted</source>
            <translation>이 줄의 것일 확률이 빼는 것보다 높은 픽셀이 남습니다. 끄면 빼는 것의 확률을 뺍니다</translation>
        </message>
        <message>
            <source>This row leaves nothing out; “Leave out” in the side panel says what is not meant</source>
            <translation>이 줄에는 빼는 것이 없습니다. 옆 패널의 “빼기”에서 정할 수 있습니다</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>뺄 것</translation>
        </message>
        <message>
            <source>Where several rows find the same pixel, only the surest of them has it; of equally sure ones the upper one. Saved and exported masks are the same. Hidden rows take nothing, and what you correct by hand stays.</source>
            <translation>여러 줄이 같은 픽셀을 찾으면 가장 확실한 줄만 가져갑니다. 똑같이 확실하면 위쪽 줄이 가져갑니다. 저장하고 내보내는 마스크도 같습니다. 숨긴 줄은 가져가지 않으며, 손으로 고친 부분은 그대로 남습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::RowsPanel</name>
        <message>
            <source>Kept</source>
            <translation>남긴 것</translation>
        </message>
        <message>
            <source>Enter keeps a phrase with its mask, in a colour of its own, and you can type the next.</source>
            <translation>Enter를 누르면 찾은 것이 제 색으로 남고, 이어서 다음 말을 입력할 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Filmstrip</name>
        <message>
            <source>Open pictures</source>
            <translation>열린 사진</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::CandidatesPanel</name>
        <message>
            <source>Which one</source>
            <translation>어느 것</translation>
        </message>
        <message>
            <source>The thing</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>What kind of thing is meant, as read off the phrase. Change it where it was misread; empty reads it again.</source>
            <translation>말에서 읽어 낸 대상의 종류입니다. 잘못 읽었으면 고치세요. 비우면 다시 읽습니다.</translation>
        </message>
        <message>
            <source>Place and size count</source>
            <translation>위치와 크기도 따지기</translation>
        </message>
        <message>
            <source>Left, second, biggest and the like are looked up in the picture itself: the model hardly tells them apart</source>
            <translation>‘왼쪽’, ‘두 번째’, ‘가장 큰’ 같은 말은 사진에서 직접 따집니다. 모델은 이런 말을 거의 가리지 못합니다</translation>
        </message>
        <message>
            <source>The phrase says nothing of them</source>
            <translation>위치나 크기를 가리키는 말이 없습니다</translation>
        </message>
        <message>
            <source>Read as: %1</source>
            <translation>이렇게 읽음: %1</translation>
        </message>
        <message>
            <source>Looking for what the picture holds…</source>
            <translation>사진에 무엇이 있는지 찾는 중…</translation>
        </message>
        <message>
            <source>Things in this picture: %1. Say which one is meant, or click one.</source>
            <translation>이 사진에 있는 것: %1개. 어느 것인지 말하거나 하나를 누르세요.</translation>
        </message>
        <message>
            <source>Not a word this model knows: %1</source>
            <translation>이 모델이 모르는 낱말: %1</translation>
        </message>
        <message>
            <source>The phrase is too long; its end was not read</source>
            <translation>찾을 말이 너무 길어 끝부분은 읽지 않았습니다</translation>
        </message>
        <message>
            <source>Candidates, the best first</source>
            <translation>후보(알맞은 것부터)</translation>
        </message>
        <message>
            <source>Phrase</source>
            <translation>말 전체</translation>
        </message>
        <message>
            <source>Thing</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>In the picture</source>
            <translation>사진 안에서</translation>
        </message>
        <message>
            <source>Cut out</source>
            <translation>오려 내어</translation>
        </message>
        <message>
            <source>What the chosen one's score is made of: how like it is to the phrase and to the thing, seen in the whole picture and alone</source>
            <translation>고른 후보의 점수가 어떻게 나왔는지 보여 줍니다. 사진 안에서 볼 때와 따로 오려 볼 때, 말 전체와 대상에 얼마나 가까운지입니다</translation>
        </message>
        <message>
            <source>Use as example</source>
            <translation>예시로 쓰기</translation>
        </message>
        <message>
            <source>Find others like the chosen one</source>
            <translation>고른 것과 닮은 것을 찾습니다</translation>
        </message>
        <message>
            <source>Side by side…</source>
            <translation>나란히 보기…</translation>
        </message>
        <message>
            <source>Beside what “Where is it” finds for the same phrase</source>
            <translation>같은 말로 ‘어디에 있나’가 찾은 것과 견주어 봅니다</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>사진 전체</translation>
        </message>
        <message>
            <source>How much a candidate counts as part of the picture; the rest is how it looks cut out.
Double-click for the published weight.</source>
            <translation>후보를 사진의 일부로 보는 가중치입니다. 나머지는 오려 낸 모습입니다.
두 번 누르면 논문의 값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Whole phrase</source>
            <translation>말 전체</translation>
        </message>
        <message>
            <source>How much the whole phrase counts; the rest is the thing alone.
Double-click for the published weight.</source>
            <translation>말 전체를 보는 가중치입니다. 나머지는 대상만 봅니다.
두 번 누르면 논문의 값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>깊이</translation>
        </message>
        <message>
            <source>In how many of the encoder's last blocks the rest of the picture is hidden.
Double-click for the published number.</source>
            <translation>인코더의 마지막 몇 블록에서 사진의 나머지를 가릴지 정합니다.
두 번 누르면 논문의 값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>As a row</source>
            <translation>줄로</translation>
        </message>
        <message>
            <source>Keep the chosen one beside the other rows, as an object of its own</source>
            <translation>고른 것을 따로 물체로 다른 줄과 함께 남깁니다</translation>
        </message>
        <message>
            <source>Nothing in this picture could be meant: the source gave no masks.</source>
            <translation>이 사진에는 가리킬 만한 것이 없습니다. 마스크를 하나도 찾지 못했습니다.</translation>
        </message>
        <message>
            <source>Candidate %1, fit %2</source>
            <translation>후보 %1, 알맞은 정도 %2</translation>
        </message>
        <message>
            <source>Fit: %1 of the best</source>
            <translation>알맞은 정도: 가장 알맞은 것의 %1</translation>
        </message>
        <message>
            <source>Like the phrase: %1</source>
            <translation>말과 닮은 점수: %1</translation>
        </message>
        <message>
            <source>Surely the thing: %1 of the surest</source>
            <translation>대상일 확실성: 가장 확실한 것의 %1</translation>
        </message>
        <message>
            <source>Place and size: %1</source>
            <translation>위치와 크기: %1</translation>
        </message>
        <message>
            <source>Place and size: not compared, it is hardly the thing</source>
            <translation>위치와 크기: 대상이 아닌 듯해 비교하지 않음</translation>
        </message>
        <message>
            <source>Surely one thing: %1</source>
            <translation>하나의 물건일 확실성: %1</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::WhichController</name>
        <message>
            <source>Comparing what the picture holds with the phrase…</source>
            <translation>사진에 있는 것을 말과 견주는 중…</translation>
        </message>
        <message>
            <source>&amp;Which one</source>
            <translation>어느 것(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Next candidate</source>
            <translation>다음 후보(&amp;N)</translation>
        </message>
        <message>
            <source>Pre&amp;vious candidate</source>
            <translation>이전 후보(&amp;V)</translation>
        </message>
        <message>
            <source>Open the folder of a Segment Anything model</source>
            <translation>Segment Anything 모델 폴더 열기</translation>
        </message>
        <message>
            <source>Open the folder of a SOLO model</source>
            <translation>SOLO 모델 폴더 열기</translation>
        </message>
        <message>
            <source>Open a folder with the masks of this picture</source>
            <translation>이 사진의 마스크가 든 폴더 열기</translation>
        </message>
        <message>
            <source>Open masks of this picture</source>
            <translation>이 사진의 마스크 열기</translation>
        </message>
        <message>
            <source>Label pictures and COCO</source>
            <translation>라벨 이미지와 COCO</translation>
        </message>
        <message>
            <source>Looking for what the picture holds…</source>
            <translation>사진에 무엇이 있는지 살펴보는 중…</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SideBySide</name>
        <message>
            <source>Where it is, and which one</source>
            <translation>어디에 있나, 어느 것인가</translation>
        </message>
        <message>
            <source>Where is it (CLIPSeg)</source>
            <translation>어디에 있나(CLIPSeg)</translation>
        </message>
        <message>
            <source>Which one (Global-Local CLIP)</source>
            <translation>어느 것(Global-Local CLIP)</translation>
        </message>
        <message>
            <source>Agreement</source>
            <translation>겹치는 곳</translation>
        </message>
        <message>
            <source>Type a phrase, so that both have an answer.</source>
            <translation>말을 적으면 둘 다 답합니다.</translation>
        </message>
        <message>
            <source>Intersection over union: %1. Green: both; pink: only where it is; blue: only which one.</source>
            <translation>겹치는 비율(IoU): %1. 초록: 둘 다, 분홍: ‘어디에 있나’만, 파랑: ‘어느 것’만.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ExportDialog</name>
        <message>
            <source>Export into a folder</source>
            <translation>내보낼 폴더 고르기</translation>
        </message>
        <message numerus="yes">
            <source>Files: %n</source>
            <translation>
                <numerusform>파일: %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>There already: %n. You are asked before they are replaced.</source>
            <translation>
                <numerusform>이미 있는 파일: %n개. 바꾸기 전에 묻습니다.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… 외 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>Pictures exported: %1 of %2</source>
            <translation>내보낸 사진: %2장 중 %1장</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>내보내기</translation>
        </message>
        <message>
            <source>Mask, black and white</source>
            <translation>마스크(흑백)</translation>
        </message>
        <message>
            <source>Cutout, without background</source>
            <translation>오려낸 그림(배경 없음)</translation>
        </message>
        <message>
            <source>Picture with the mask over it</source>
            <translation>마스크를 덮은 사진</translation>
        </message>
        <message>
            <source>Probability, 8 bits of grey</source>
            <translation>확률(회색조, 8비트)</translation>
        </message>
        <message>
            <source>Probability, 16 bits of grey</source>
            <translation>확률(회색조, 16비트)</translation>
        </message>
        <message>
            <source>Index picture, a number a row</source>
            <translation>인덱스 그림(줄마다 번호 하나)</translation>
        </message>
        <message>
            <source>COCO annotations, run lengths</source>
            <translation>COCO 주석(RLE)</translation>
        </message>
        <message>
            <source>COCO annotations, polygons</source>
            <translation>COCO 주석(다각형)</translation>
        </message>
        <message>
            <source>labelme annotations</source>
            <translation>labelme 주석</translation>
        </message>
        <message>
            <source>YOLO annotations, polygons</source>
            <translation>YOLO 주석(다각형)</translation>
        </message>
        <message>
            <source>&amp;What</source>
            <translation>내보낼 것(&amp;W)</translation>
        </message>
        <message>
            <source>What</source>
            <translation>내보낼 것</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>줄</translation>
        </message>
        <message>
            <source>This row</source>
            <translation>이 줄</translation>
        </message>
        <message>
            <source>Visible</source>
            <translation>보이는 줄</translation>
        </message>
        <message>
            <source>All</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>The one you are working on; of other pictures the rows with its name</source>
            <translation>작업 중인 줄. 다른 사진에서는 이름이 같은 줄</translation>
        </message>
        <message>
            <source>Rows whose eye is open</source>
            <translation>눈이 켜진 줄</translation>
        </message>
        <message>
            <source>Hidden ones too</source>
            <translation>숨긴 줄까지</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>This picture</source>
            <translation>이 사진</translation>
        </message>
        <message>
            <source>All with rows</source>
            <translation>줄이 있는 모든 사진</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>폴더(&amp;F)</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>&amp;Choose…</source>
            <translation>고르기(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Names</source>
            <translation>이름(&amp;N)</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>What is filled in: %1</source>
            <translation>채워지는 자리: %1</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>불투명도</translation>
        </message>
        <message>
            <source>&amp;Soft edges</source>
            <translation>부드러운 가장자리(&amp;S)</translation>
        </message>
        <message>
            <source>Fi&amp;les</source>
            <translation>파일(&amp;L)</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>내보내기(&amp;E)</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>숨기기</translation>
        </message>
        <message>
            <source>It goes on; File &gt; Export shows it again</source>
            <translation>작업은 계속됩니다. 파일 &gt; 내보내기에서 다시 볼 수 있습니다</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>중지</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>폴더 열기</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>What to know of</source>
            <translation>알아 둘 것</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>미리보기</translation>
        </message>
        <message>
            <source>E&amp;mpty ones too</source>
            <translation>빈 것도(&amp;M)</translation>
        </message>
        <message>
            <source>Also write files of rows of which nothing is found in a picture. Without it they are left out, and the end says how many.</source>
            <translation>사진에서 아무것도 찾지 못한 줄의 파일도 씁니다. 끄면 쓰지 않고, 끝에 몇 개인지 알립니다.</translation>
        </message>
        <message>
            <source>No row is in hand: click one in the side panel, or type a phrase.</source>
            <translation>작업 중인 줄이 없습니다. 옆 패널에서 줄을 누르거나 찾을 말을 입력하세요.</translation>
        </message>
        <message>
            <source>No picture of the project is open.</source>
            <translation>프로젝트의 사진이 열려 있지 않습니다.</translation>
        </message>
        <message numerus="yes">
            <source>left out, because nothing is found: %n</source>
            <translation>
                <numerusform>찾은 것이 없어 빠짐: %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::MasksReport</name>
        <message numerus="yes">
            <source>Masks saved in %1: %n</source>
            <translation>
                <numerusform>%1 폴더에 마스크 %n개를 저장했습니다</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>failed: %n</source>
            <translation>
                <numerusform>사진 %n장은 실패했습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 중지</translation>
        </message>
        <message>
            <source>Saving masks</source>
            <translation>마스크 저장</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>What went wrong</source>
            <translation>문제</translation>
        </message>
        <message>
            <source>Pictures with a problem</source>
            <translation>문제가 생긴 사진</translation>
        </message>
        <message>
            <source>Nothing has gone wrong.</source>
            <translation>문제가 없습니다.</translation>
        </message>
        <message>
            <source>Try again what failed</source>
            <translation>실패한 것 다시 시도</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>폴더 열기</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>멈추기</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Corrections</name>
        <message>
            <source>holes filled</source>
            <translation>구멍 채우기</translation>
        </message>
        <message>
            <source>largest part kept</source>
            <translation>가장 큰 부분만 남기기</translation>
        </message>
        <message>
            <source>specks dropped</source>
            <translation>작은 조각 지우기</translation>
        </message>
        <message>
            <source>mask grown</source>
            <translation>마스크 넓히기</translation>
        </message>
        <message>
            <source>mask shrunk</source>
            <translation>마스크 좁히기</translation>
        </message>
        <message>
            <source>mask smoothed</source>
            <translation>마스크 다듬기</translation>
        </message>
        <message>
            <source>mask inverted</source>
            <translation>마스크 반전</translation>
        </message>
        <message>
            <source>brush stroke</source>
            <translation>브러시로 칠하기</translation>
        </message>
        <message>
            <source>eraser stroke</source>
            <translation>지우개질</translation>
        </message>
        <message>
            <source>correction removed</source>
            <translation>수정 지우기</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>물체</translation>
        </message>
        <message>
            <source>object “%1”</source>
            <translation>물체 “%1”</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::CorrectPanel</name>
        <message>
            <source>Correct</source>
            <translation>수정</translation>
        </message>
        <message>
            <source>Fill holes</source>
            <translation>구멍 채우기</translation>
        </message>
        <message>
            <source>What the mask closes in belongs to it</source>
            <translation>마스크로 둘러싸인 곳도 마스크에 넣습니다</translation>
        </message>
        <message>
            <source>Largest part</source>
            <translation>가장 큰 부분</translation>
        </message>
        <message>
            <source>Keep of the mask's parts only the largest</source>
            <translation>마스크의 여러 부분 중 가장 큰 것만 남깁니다</translation>
        </message>
        <message>
            <source>Drop</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Leave out the parts that are smaller</source>
            <translation>이보다 작은 조각을 뺍니다</translation>
        </message>
        <message>
            <source>Grow</source>
            <translation>넓히기</translation>
        </message>
        <message>
            <source>Move the mask's edge outwards</source>
            <translation>마스크의 경계를 바깥으로 옮깁니다</translation>
        </message>
        <message>
            <source>Shrink</source>
            <translation>좁히기</translation>
        </message>
        <message>
            <source>Move the mask's edge inwards</source>
            <translation>마스크의 경계를 안쪽으로 옮깁니다</translation>
        </message>
        <message>
            <source>Smooth</source>
            <translation>다듬기</translation>
        </message>
        <message>
            <source>Take away teeth, notches and hairs at the mask's edge</source>
            <translation>마스크 경계의 톱니, 홈, 잔털을 없앱니다</translation>
        </message>
        <message>
            <source>Invert</source>
            <translation>반전</translation>
        </message>
        <message>
            <source>Exchange inside and outside</source>
            <translation>안과 밖을 바꿉니다</translation>
        </message>
        <message>
            <source>Remove correction</source>
            <translation>수정 지우기</translation>
        </message>
        <message>
            <source>Show again what was found</source>
            <translation>찾은 그대로 다시 보여 줍니다</translation>
        </message>
        <message>
            <source>Specks below</source>
            <translation>작은 조각 기준</translation>
        </message>
        <message>
            <source> px</source>
            <translation> px</translation>
        </message>
        <message>
            <source>Pixels that a part needs to stay</source>
            <translation>남기려면 조각에 필요한 픽셀 수</translation>
        </message>
        <message>
            <source>Edge, by so many pixels</source>
            <translation>경계를 움직일 픽셀</translation>
        </message>
        <message>
            <source>Pixels by which the edge moves or is smoothed</source>
            <translation>경계를 옮기거나 다듬을 픽셀 수</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::CorrectController</name>
        <message>
            <source>Take the candidate as a row first, then correct it</source>
            <translation>먼저 후보를 줄로 만든 뒤에 수정하세요</translation>
        </message>
        <message>
            <source>Type a phrase first, then correct what was found</source>
            <translation>먼저 찾을 말을 입력한 뒤에 찾은 것을 수정하세요</translation>
        </message>
        <message>
            <source>Correcting the mask…</source>
            <translation>마스크 수정 중…</translation>
        </message>
        <message>
            <source>“%1” is a row of its own now</source>
            <translation>“%1”이(가) 따로 줄이 되었습니다</translation>
        </message>
        <message>
            <source>Nothing was found at this place</source>
            <translation>이곳에서는 찾은 것이 없습니다</translation>
        </message>
        <message>
            <source>Looking for the things in the picture…</source>
            <translation>사진에 있는 것들을 찾는 중…</translation>
        </message>
        <message>
            <source>Choose a row first: click it in the list, or begin on its mask</source>
            <translation>먼저 줄을 고르세요. 목록에서 누르거나 그 마스크 위에서 시작하세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelRow</name>
        <message>
            <source>Use</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>Use for “Which one”</source>
            <translation>“어느 것”에 사용</translation>
        </message>
        <message>
            <source>Use no longer</source>
            <translation>사용 중지</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>내려받기</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>이어받기</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 정지</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>삭제…</translation>
        </message>
        <message>
            <source>Take off the list</source>
            <translation>목록에서 빼기</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>폴더 열기</translation>
        </message>
        <message>
            <source>What has come is deleted</source>
            <translation>지금까지 받은 것을 삭제합니다</translation>
        </message>
        <message>
            <source>What has come is kept, and gone on with at any time</source>
            <translation>지금까지 받은 것은 남아 있어 언제든 이어받을 수 있습니다</translation>
        </message>
        <message>
            <source>“Which one” compares by this CLIP; “Where is it” stays with the model in use</source>
            <translation>“어느 것”은 이 CLIP으로 비교하고, “어디에 있나”는 사용 중인 모델을 그대로 씁니다</translation>
        </message>
        <message>
            <source>The folder stays where it is</source>
            <translation>폴더는 그대로 둡니다</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>사용 중</translation>
        </message>
        <message>
            <source>In use for “Which one”</source>
            <translation>“어느 것”에 사용 중</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>가져오기</translation>
        </message>
        <message>
            <source>Built in</source>
            <translation>내장</translation>
        </message>
        <message>
            <source>Opened folder</source>
            <translation>직접 연 폴더</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>가져옴</translation>
        </message>
        <message>
            <source>Downloaded</source>
            <translation>내려받음</translation>
        </message>
        <message>
            <source>Downloading</source>
            <translation>내려받는 중</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>일시 정지됨</translation>
        </message>
        <message>
            <source>Everyday things by name, in seven languages; says when something is not there</source>
            <translation>일상 사물을 일곱 언어의 이름으로 찾고, 없으면 없다고 알려 줍니다</translation>
        </message>
        <message>
            <source>A quarter of Sight's size, and half as good</source>
            <translation>크기는 Sight의 4분의 1, 성능은 절반</translation>
        </message>
        <message>
            <source>CLIP for “Which one” alone</source>
            <translation>“어느 것” 전용 CLIP</translation>
        </message>
        <message>
            <source>about %1</source>
            <translation>약 %1</translation>
        </message>
        <message>
            <source>Licence: %1</source>
            <translation>라이선스: %1</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>멈추는 중…</translation>
        </message>
        <message>
            <source>%1 of %2 are here</source>
            <translation>%2 중 %1 받음</translation>
        </message>
        <message>
            <source>Model %1</source>
            <translation>모델 %1</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelList</name>
        <message numerus="yes">
            <source>%n s left</source>
            <translation>
                <numerusform>%n초 남음</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n min left</source>
            <translation>
                <numerusform>%n분 남음</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n h left</source>
            <translation>
                <numerusform>%n시간 남음</numerusform>
            </translation>
        </message>
        <message>
            <source>Asking what there is…</source>
            <translation>받을 파일을 확인하는 중…</translation>
        </message>
        <message numerus="yes">
            <source>The other side is busy or away: next try in %n s</source>
            <translation>
                <numerusform>서버가 응답하지 않거나 바쁩니다. %n초 후 다시 시도합니다</numerusform>
            </translation>
        </message>
        <message>
            <source>Trying the model…</source>
            <translation>모델을 시험 삼아 여는 중…</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2 중 %1</translation>
        </message>
        <message>
            <source>%1/s</source>
            <translation>%1/초</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelsDialog</name>
        <message>
            <source>Models</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>A CLIPSeg model finds what a phrase names. A CLIP alone answers “Which one”: of the things in a picture the one that is meant.</source>
            <translation>CLIPSeg 모델은 찾을 말이 가리키는 것을 찾습니다. CLIP은 “어느 것”에 쓰입니다. 사진 속 사물 가운데 뜻하는 하나를 고릅니다.</translation>
        </message>
        <message>
            <source>On this computer</source>
            <translation>이 컴퓨터의 모델</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>내려받을 수 있는 모델</translation>
        </message>
        <message>
            <source>Import a &amp;folder…</source>
            <translation>폴더 가져오기(&amp;F)…</translation>
        </message>
        <message>
            <source>Copies a model folder, such as one of transformers or of the hub's cache</source>
            <translation>transformers나 허브 캐시의 모델 폴더를 복사해 옵니다</translation>
        </message>
        <message>
            <source>Import a fi&amp;le…</source>
            <translation>파일 가져오기(&amp;L)…</translation>
        </message>
        <message>
            <source>Safetensors in a model folder, a decoder of the CLIPSeg authors (.pth), or a CLIP of OpenAI's (.pt)</source>
            <translation>모델 폴더 안의 safetensors, CLIPSeg 저자의 디코더(.pth), OpenAI의 CLIP(.pt)</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>&amp;Mirror:</source>
            <translation>미러(&amp;M):</translation>
        </message>
        <message>
            <source>None; an address such as https://mirror.example.com</source>
            <translation>없음. 예: https://mirror.example.com</translation>
        </message>
        <message>
            <source>Address of a mirror of the hub</source>
            <translation>허브 미러의 주소</translation>
        </message>
        <message>
            <source>This is no address that downloads can come from: it must begin with https://</source>
            <translation>내려받을 수 있는 주소가 아닙니다. https://로 시작해야 합니다</translation>
        </message>
        <message>
            <source>Downloads come from %1, and nothing is asked of it before you download.</source>
            <translation>내려받는 곳: %1. 내려받기를 누르기 전에는 아무것도 요청하지 않습니다.</translation>
        </message>
        <message>
            <source>Delete %1 from this computer? It frees %2.</source>
            <translation>이 컴퓨터에서 %1을(를) 삭제할까요? %2를 확보합니다.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>유지</translation>
        </message>
        <message>
            <source>Import a model folder</source>
            <translation>모델 폴더 가져오기</translation>
        </message>
        <message>
            <source>Import a model's file</source>
            <translation>모델 파일 가져오기</translation>
        </message>
        <message>
            <source>Models (*.safetensors *.pth *.pt)</source>
            <translation>모델 (*.safetensors *.pth *.pt)</translation>
        </message>
        <message>
            <source>A decoder (.pth) needs the CLIP that it was trained with, a CLIP of OpenAI's (.pt) a vocabulary. Which model has it?</source>
            <translation>디코더(.pth)에는 함께 학습한 CLIP이, OpenAI의 CLIP(.pt)에는 어휘가 필요합니다. 어느 모델에 있나요?</translation>
        </message>
        <message>
            <source>Another folder…</source>
            <translation>다른 폴더…</translation>
        </message>
        <message>
            <source>Choose a CLIP's folder</source>
            <translation>CLIP 폴더 선택</translation>
        </message>
        <message>
            <source>&amp;Another repository:</source>
            <translation>다른 저장소(&amp;A):</translation>
        </message>
        <message>
            <source>OWNER/NAME on the hub</source>
            <translation>허브의 소유자/이름</translation>
        </message>
        <message>
            <source>Another repository of CLIPSeg or CLIP, as OWNER/NAME</source>
            <translation>CLIPSeg 또는 CLIP의 다른 저장소, 소유자/이름</translation>
        </message>
        <message>
            <source>Any repository on the hub that holds a CLIPSeg or a CLIP: its files are looked at, hashed and tried like those of the list</source>
            <translation>CLIPSeg나 CLIP이 들어 있는 허브의 아무 저장소나 됩니다. 목록의 모델처럼 파일을 살펴보고 해시를 확인한 뒤 열어 봅니다</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>내려받기</translation>
        </message>
        <message>
            <source>Download the repository</source>
            <translation>저장소 내려받기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelsCard</name>
        <message>
            <source>Resume</source>
            <translation>이어받기</translation>
        </message>
        <message>
            <source>Download, %1</source>
            <translation>내려받기, %1</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Model &gt; Models… has it whenever you want.</source>
            <translation>모델 &gt; 모델 관리…에서 언제든 받을 수 있습니다.</translation>
        </message>
        <message>
            <source>The built-in model is quick and knows everyday things: 80 kinds surely, a thousand more less surely, in seven languages. CLIPSeg takes any English phrase, also what the built-in one has no name for; a picture takes it about twice as long. Nothing is downloaded unless you ask.</source>
            <translation>내장 모델은 빠르고 일상 사물을 압니다. 80가지는 확실하게, 천 가지는 덜 확실하게, 일곱 언어로 찾습니다. CLIPSeg는 내장 모델이 모르는 것까지 영어로 된 찾을 말을 모두 받아들이지만, 사진 한 장에 약 두 배의 시간이 걸립니다. 누르기 전에는 아무것도 내려받지 않습니다.</translation>
        </message>
        <message>
            <source>Phrases that the built-in model does not know</source>
            <translation>내장 모델이 모르는 찾을 말</translation>
        </message>
        <message>
            <source>All models…</source>
            <translation>모든 모델…</translation>
        </message>
        <message>
            <source>Do not show again</source>
            <translation>다시 보지 않기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ModelsController</name>
        <message>
            <source>%1: %2 %</source>
            <translation>%1: %2%</translation>
        </message>
        <message numerus="yes">
            <source>%n downloads</source>
            <translation>
                <numerusform>내려받기 %n건</numerusform>
            </translation>
        </message>
        <message>
            <source>Models on their way; a click shows them</source>
            <translation>내려받는 중인 모델입니다. 클릭하면 보여 줍니다</translation>
        </message>
        <message>
            <source>Downloads of models: %1</source>
            <translation>모델 내려받기: %1</translation>
        </message>
        <message>
            <source>%1 is here: Model &gt; Models… puts it to use</source>
            <translation>%1을(를) 받았습니다. 모델 &gt; 모델 관리…에서 사용할 수 있습니다</translation>
        </message>
        <message>
            <source>%1 is here: the Model menu has it</source>
            <translation>%1을(를) 받았습니다. 모델 메뉴에 있습니다</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ProjectController</name>
        <message>
            <source>Reading or writing the project…</source>
            <translation>프로젝트를 읽거나 쓰는 중…</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 저장함</translation>
        </message>
        <message>
            <source>Open a project</source>
            <translation>프로젝트 열기</translation>
        </message>
        <message>
            <source>Save the project</source>
            <translation>프로젝트 저장</translation>
        </message>
        <message>
            <source>project</source>
            <translation>프로젝트</translation>
        </message>
        <message numerus="yes">
            <source>Recovered changes that are not saved yet: %n.</source>
            <translation>
                <numerusform>아직 저장하지 않은 변경 %n개를 복구했습니다.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Lines of the journal that could not be read: %n.</source>
            <translation>
                <numerusform>변경 기록에서 %n줄은 읽을 수 없었습니다.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ProjectPictures</name>
        <message>
            <source>Find pictures</source>
            <translation>사진 찾기</translation>
        </message>
        <message numerus="yes">
            <source>Pictures found again: %n</source>
            <translation>
                <numerusform>다시 찾은 사진 %n장</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Projects</name>
        <message>
            <source>Unsaved changes</source>
            <translation>저장하지 않은 변경</translation>
        </message>
        <message>
            <source>Save this work as a project?</source>
            <translation>이 작업을 프로젝트로 저장할까요?</translation>
        </message>
        <message>
            <source>Save the changes to %1?</source>
            <translation>%1의 변경 내용을 저장할까요?</translation>
        </message>
        <message>
            <source>Rows and corrections that are not saved are lost.</source>
            <translation>저장하지 않은 줄과 수정 내용은 사라집니다.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>버리기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Recover</source>
            <translation>복구</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>나중에</translation>
        </message>
        <message>
            <source>Open as it was saved</source>
            <translation>저장된 대로 열기</translation>
        </message>
        <message>
            <source>%1 has changes that were never saved.</source>
            <translation>%1에 저장하지 않은 변경 내용이 있습니다.</translation>
        </message>
        <message>
            <source>The unsaved changes of %1 are damaged.</source>
            <translation>%1의 저장하지 않은 변경 내용이 손상되었습니다.</translation>
        </message>
        <message>
            <source>Maskwright ended before your work was saved.</source>
            <translation>작업을 저장하기 전에 Maskwright가 종료되었습니다.</translation>
        </message>
        <message>
            <source>Maskwright ended before %1 was saved.</source>
            <translation>%1 프로젝트를 저장하기 전에 Maskwright가 종료되었습니다.</translation>
        </message>
        <message>
            <source>The last was made at %1.</source>
            <translation>마지막 변경 시각: %1.</translation>
        </message>
        <message numerus="yes">
            <source>Changes that can be recovered: %n.</source>
            <translation>
                <numerusform>복구할 수 있는 변경: %n개.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Lines of the journal that cannot be read: %n.</source>
            <translation>
                <numerusform>변경 기록에서 읽을 수 없는 줄: %n개.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::MissingPictures</name>
        <message>
            <source>Find the pictures in a folder</source>
            <translation>폴더에서 사진 찾기</translation>
        </message>
        <message>
            <source>Missing pictures</source>
            <translation>없어진 사진</translation>
        </message>
        <message>
            <source>All pictures of the project were found.</source>
            <translation>프로젝트의 사진을 모두 찾았습니다.</translation>
        </message>
        <message>
            <source>A picture is known by what is in it: it is found under any name, in the folder or below it. Until then its rows stay as they are.</source>
            <translation>사진은 내용으로 알아봅니다. 이름이 바뀌었어도 고른 폴더와 그 하위 폴더에서 찾습니다. 찾을 때까지 줄은 그대로 남습니다.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>중지</translation>
        </message>
        <message>
            <source>Find in a folder…</source>
            <translation>폴더에서 찾기…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message numerus="yes">
            <source>Pictures that are not where they were: %n</source>
            <translation>
                <numerusform>제자리에 없는 사진: %n장</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>그래픽 카드</translation>
        </message>
        <message>
            <source>Automatic takes the graphics card where there is one that can be used; cuda:1 is the second</source>
            <translation>자동은 쓸 수 있는 그래픽 카드가 있으면 그것을 씁니다. cuda:1은 두 번째 카드입니다</translation>
        </message>
        <message>
            <source>float32 is exact everywhere; the others are faster where the device multiplies them by itself</source>
            <translation>float32는 어디서나 정확합니다. 나머지는 장치가 직접 곱할 수 있으면 더 빠릅니다</translation>
        </message>
        <message>
            <source>As many as cores</source>
            <translation>코어 수만큼</translation>
        </message>
        <message>
            <source>For pictures that may come back, such as 500M or 2G; 0 keeps none</source>
            <translation>다시 열 수 있는 사진을 위한 메모리. 예: 500M, 2G. 0이면 남기지 않습니다</translation>
        </message>
        <message>
            <source>megapixels</source>
            <translation>메가픽셀</translation>
        </message>
        <message>
            <source>Larger pictures are refused before they are read</source>
            <translation>이보다 큰 사진은 읽기 전에 거절합니다</translation>
        </message>
        <message>
            <source>Like the system</source>
            <translation>시스템과 같게</translation>
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
            <source>Computing</source>
            <translation>계산</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>정밀도</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>스레드</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>메모리</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Largest picture</source>
            <translation>가장 큰 사진</translation>
        </message>
        <message>
            <source>Open from</source>
            <translation>여는 폴더</translation>
        </message>
        <message>
            <source>Where the pictures are</source>
            <translation>사진이 있는 폴더</translation>
        </message>
        <message>
            <source>Save to</source>
            <translation>저장 폴더</translation>
        </message>
        <message>
            <source>Where masks are saved</source>
            <translation>마스크를 저장할 폴더</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>창</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>모양</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>기본값 복원</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>고르기…</translation>
        </message>
        <message>
            <source>This time the command line says %1. What you change here counts at once.</source>
            <translation>이번에는 명령줄에서 %1(으)로 정했습니다. 여기서 바꾸면 바로 적용됩니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SettingsController</name>
        <message>
            <source>Opening the model with the new settings…</source>
            <translation>새 설정으로 모델을 여는 중…</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ShortcutsDialog</name>
        <message>
            <source>Assign</source>
            <translation>지정</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>키 없음</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>되돌리기</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>모두 되돌리기</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>검색</translation>
        </message>
        <message>
            <source>What</source>
            <translation>동작</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>키</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>새 키</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>On the picture and in lists (these keys cannot be changed)</source>
            <translation>사진 위와 목록에서 (바꿀 수 없는 키)</translation>
        </message>
        <message>
            <source>Move the picture</source>
            <translation>사진 옮기기</translation>
        </message>
        <message>
            <source>Space and drag</source>
            <translation>스페이스를 누르고 끌기</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>확대와 축소</translation>
        </message>
        <message>
            <source>Mouse wheel</source>
            <translation>마우스 휠</translation>
        </message>
        <message>
            <source>Smaller and larger brush</source>
            <translation>브러시를 작게, 크게</translation>
        </message>
        <message>
            <source>Add to the example, take away from it</source>
            <translation>예시에 더하기, 예시에서 빼기</translation>
        </message>
        <message>
            <source>Shift, Alt while drawing</source>
            <translation>그리는 동안 Shift, Alt</translation>
        </message>
        <message>
            <source>Close the polygon, take its last corner back</source>
            <translation>다각형 닫기, 마지막 꼭짓점 되돌리기</translation>
        </message>
        <message>
            <source>Enter, Backspace</source>
            <translation>Enter, 백스페이스</translation>
        </message>
        <message>
            <source>Give up, then back to moving</source>
            <translation>그만두고 이동 도구로 돌아가기</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keep the phrase as a row</source>
            <translation>찾을 말을 줄로 남기기</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter 키</translation>
        </message>
        <message>
            <source>Remove the example or the row in hand</source>
            <translation>고른 예시나 줄 지우기</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Delete 키</translation>
        </message>
        <message>
            <source>Rename a row</source>
            <translation>줄 이름 바꾸기</translation>
        </message>
        <message>
            <source>Move a row</source>
            <translation>줄 옮기기</translation>
        </message>
        <message>
            <source>Choose an action, then press the keys for it.</source>
            <translation>동작을 고르고 쓸 키를 누르세요.</translation>
        </message>
        <message>
            <source>“%1” has these keys. “Assign” takes them from it.</source>
            <translation>“%1”이(가) 쓰는 키입니다. “지정”을 누르면 그쪽에서 빠집니다.</translation>
        </message>
        <message>
            <source>It usually has no key.</source>
            <translation>원래는 키가 없습니다.</translation>
        </message>
        <message>
            <source>Its usual keys: %1</source>
            <translation>원래 키: %1</translation>
        </message>
        <message>
            <source>Softer and harder brush</source>
            <translation>브러시를 부드럽게, 단단하게</translation>
        </message>
        <message>
            <source>Swap brush and eraser</source>
            <translation>브러시와 지우개 바꾸기</translation>
        </message>
        <message>
            <source>Begin a rectangle and move it, size it</source>
            <translation>사각형 시작과 이동, 크기 조절</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::LogDialog</name>
        <message>
            <source>Log</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>Information and problems</source>
            <translation>정보와 문제</translation>
        </message>
        <message>
            <source>Warnings and errors</source>
            <translation>경고와 오류</translation>
        </message>
        <message>
            <source>Errors alone</source>
            <translation>오류만</translation>
        </message>
        <message>
            <source>What to show</source>
            <translation>보여 줄 것</translation>
        </message>
        <message>
            <source>Kept while the program runs; there is no log file unless you save one. MASKWRIGHT_LOG=debug prints all of it on the terminal.</source>
            <translation>프로그램이 실행되는 동안만 남으며, 저장하지 않으면 로그 파일은 없습니다. MASKWRIGHT_LOG=debug로 시작하면 터미널에 모두 출력됩니다.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>저장…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Save the log</source>
            <translation>로그 저장</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 저장됨</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::AboutDialog</name>
        <message>
            <source>About Maskwright</source>
            <translation>Maskwright 정보</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later.</source>
            <translation>GNU 일반 공중 사용 허가서(GPL) 3판 또는 그 이후 판을 따르는 자유 소프트웨어입니다.</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>라이선스</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>라이선스 본문</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>This program</source>
            <translation>이 프로그램</translation>
        </message>
        <message>
            <source>Model %1</source>
            <translation>모델 %1</translation>
        </message>
        <message>
            <source>Photographs</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Licence: %1</source>
            <translation>라이선스: %1</translation>
        </message>
        <message>
            <source>The text of the licence comes with the library.</source>
            <translation>라이선스 본문은 라이브러리와 함께 제공됩니다.</translation>
        </message>
        <message>
            <source>Say what you are looking for, or show it, and it lights up in the picture.&lt;br&gt;Everything runs on this computer.</source>
            <translation>찾을 것을 말하거나 보여 주면 사진에서 그 부분이 밝혀집니다.&lt;br&gt;모든 계산은 이 컴퓨터에서 합니다.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::LeftOutChip</name>
        <message>
            <source>Left out where it is more probable: %1</source>
            <translation>더 그럴듯한 곳에서 제외: %1</translation>
        </message>
        <message>
            <source>Left out: %1</source>
            <translation>제외: %1</translation>
        </message>
        <message numerus="yes">
            <source>examples: %n</source>
            <translation>
                <numerusform>예시 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>Change what is left out</source>
            <translation>뺄 것 고치기</translation>
        </message>
        <message>
            <source>Leave nothing out</source>
            <translation>아무것도 빼지 않기</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ExportController</name>
        <message>
            <source>empty: no pixel reaches the threshold</source>
            <translation>비어 있음: 임계값을 넘는 픽셀이 없습니다</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>내보내기</translation>
        </message>
        <message numerus="yes">
            <source>Files that are there already: %n</source>
            <translation>
                <numerusform>이미 있는 파일: %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… 외 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>바꾸기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>export settings</source>
            <translation>내보내기 설정</translation>
        </message>
        <message>
            <source>Exporting: %1 of %2</source>
            <translation>내보내는 중: %2개 중 %1개</translation>
        </message>
        <message numerus="yes">
            <source>Files written: %n</source>
            <translation>
                <numerusform>쓴 파일: %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>failed: %n</source>
            <translation>
                <numerusform>실패: %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>then stopped</source>
            <translation>그 뒤 중지함</translation>
        </message>
        <message>
            <source>An export is running: %1 of %2.</source>
            <translation>내보내는 중입니다: %2개 중 %1개.</translation>
        </message>
        <message numerus="yes">
            <source>left out, because nothing was found: %n</source>
            <translation>
                <numerusform>찾은 것이 없어 뺀 것: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>For training, put the pictures into images/ beside labels/, under the names there</source>
            <translation>학습에 쓰려면 labels/ 옆에 images/ 폴더를 만들어 labels/의 파일과 같은 이름으로 사진을 넣으세요</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::ImportController</name>
        <message>
            <source>Import annotations</source>
            <translation>주석 가져오기</translation>
        </message>
        <message>
            <source>COCO, labelme or YOLO</source>
            <translation>COCO, labelme, YOLO</translation>
        </message>
        <message>
            <source>Reading %1…</source>
            <translation>%1 읽는 중…</translation>
        </message>
        <message>
            <source>import of annotations</source>
            <translation>주석 가져오기</translation>
        </message>
        <message numerus="yes">
            <source>Rows added: %n</source>
            <translation>
                <numerusform>더한 줄: %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… 외 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::HeatLegend</name>
        <message>
            <source>Probability</source>
            <translation>확률</translation>
        </message>
        <message>
            <source>From dark, improbable, to light, certain. The line is the threshold.</source>
            <translation>어두울수록 확률이 낮고 밝을수록 높습니다. 선은 임계값입니다.</translation>
        </message>
        <message>
            <source>Colours of the probabilities; the threshold is %1</source>
            <translation>확률의 색상, 임계값 %1</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Navigator</name>
        <message>
            <source>Navigator</source>
            <translation>내비게이터</translation>
        </message>
        <message>
            <source>What is seen of the picture. Drag the frame, or move it with the arrow keys.</source>
            <translation>사진에서 지금 보이는 부분입니다. 틀을 끌거나 화살표 키로 옮기세요.</translation>
        </message>
        <message>
            <source>Close the navigator</source>
            <translation>내비게이터 닫기</translation>
        </message>
        <message>
            <source>Close the navigator; the View menu brings it back</source>
            <translation>내비게이터를 닫습니다. 보기 메뉴에서 다시 열 수 있습니다</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::SplitHandle</name>
        <message>
            <source>Line between before and after</source>
            <translation>전후를 나누는 선</translation>
        </message>
        <message>
            <source>Left of the line the picture, right of it the mask.
Drag it, or move it with the arrow keys.</source>
            <translation>선의 왼쪽은 원본, 오른쪽은 마스크입니다.
끌거나 화살표 키로 옮기세요.</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::Controller</name>
        <message>
            <source>Close when done</source>
            <translation>끝나면 닫기</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>멈추고 닫기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::FolderLine</name>
        <message>
            <source>No file manager was found. The folder:</source>
            <translation>파일 관리자를 찾지 못했습니다. 폴더:</translation>
        </message>
        <message>
            <source>The folder's path</source>
            <translation>폴더 경로</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the folder's path</source>
            <translation>폴더 경로 복사</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::PhraseController</name>
        <message>
            <source>Not a word this model knows: %1</source>
            <translation>이 모델이 모르는 낱말: %1</translation>
        </message>
        <message>
            <source>A phrase has at most %1 characters; the rest was left out</source>
            <translation>찾을 말은 %1자까지입니다. 나머지는 뺐습니다</translation>
        </message>
        <message>
            <source>Nothing like the example here</source>
            <translation>예시와 닮은 것이 여기 없습니다</translation>
        </message>
        <message>
            <source>No “%1” here</source>
            <translation>여기에는 ‘%1’ 없음</translation>
        </message>
        <message>
            <source>The phrase is too long; its end was not read</source>
            <translation>찾을 말이 너무 길어 끝부분은 읽지 않았습니다</translation>
        </message>
    </context>
    <context>
        <name>QKeySequenceEdit</name>
        <message>
            <source>Press shortcut</source>
            <translation>누를 키</translation>
        </message>
        <message>
            <source>%1, ...</source>
            <translation>%1, …</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::CandidateSource</name>
        <message>
            <source>Detector</source>
            <translation>검출기</translation>
        </message>
        <message>
            <source>Colours and contours</source>
            <translation>색과 윤곽</translation>
        </message>
        <message>
            <source>General words</source>
            <translation>일반 단어</translation>
        </message>
        <message>
            <source>Masks: %1</source>
            <translation>마스크: %1</translation>
        </message>
        <message>
            <source>Segment Anything: %1</source>
            <translation>Segment Anything: %1</translation>
        </message>
        <message>
            <source>SOLO: %1</source>
            <translation>SOLO: %1</translation>
        </message>
        <message>
            <source>%1 of %2 masks in %3 s</source>
            <translation>마스크 %2개 중 %1개, %3초</translation>
        </message>
        <message>
            <source>licence: %1</source>
            <translation>라이선스: %1</translation>
        </message>
        <message>
            <source>Where the candidates come from</source>
            <translation>후보를 찾는 방법</translation>
        </message>
        <message>
            <source>From</source>
            <translation>출처</translation>
        </message>
        <message>
            <source>Masks in a file…</source>
            <translation>파일의 마스크…</translation>
        </message>
        <message>
            <source>Folder of masks…</source>
            <translation>마스크 폴더…</translation>
        </message>
        <message>
            <source>Segment Anything…</source>
            <translation>Segment Anything…</translation>
        </message>
        <message>
            <source>SOLO…</source>
            <translation>SOLO…</translation>
        </message>
        <message>
            <source>What the model's detector sees, whatever it takes it for</source>
            <translation>모델의 검출기가 찾은 것 (이름은 따지지 않음)</translation>
        </message>
        <message>
            <source>What hangs together in colour, without a model</source>
            <translation>모델 없이 색이 이어진 부분</translation>
        </message>
        <message>
            <source>What the model finds for words such as person, vehicle and furniture</source>
            <translation>사람, 탈것, 가구 같은 단어로 모델이 찾은 것</translation>
        </message>
        <message>
            <source>A label picture, or a JSON in COCO's format, such as another program has written</source>
            <translation>라벨 이미지 또는 다른 프로그램이 쓴 COCO 형식 JSON</translation>
        </message>
        <message>
            <source>A picture file for each mask</source>
            <translation>마스크마다 이미지 파일 하나</translation>
        </message>
        <message>
            <source>The folder of a Segment Anything model; large ones take minutes a picture</source>
            <translation>Segment Anything 모델 폴더. 큰 모델은 사진 한 장에 몇 분이 걸립니다</translation>
        </message>
        <message>
            <source>The folder of a SOLOv2 model, such as a converted FreeSOLO</source>
            <translation>변환한 FreeSOLO 같은 SOLOv2 모델 폴더</translation>
        </message>
    </context>
    <context>
        <name>maskwright::ui::NegativeChip</name>
        <message>
            <source>left out</source>
            <translation>뺄 것</translation>
        </message>
    </context>
</TS>
