// The examples: marked objects that say what to find, or what to leave out, with their weights; and how much they count
// against the phrase.
#pragma once

#include <QWidget>
#include <array>
#include <map>
#include <memory>

#include "ui/model/document.h"
#include "ui/model/marks.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace maskwright::ui {

class Section;
class SupportCard;
class SupportLibrary;
class ValueSlider;

class SupportsPanel : public QWidget {
    Q_OBJECT

  public:
    SupportsPanel(Document& document, Marks& marks, SupportLibrary& library, QWidget* parent = nullptr);
    // Small pictures of the masks at mixtures 0, 1/4, 1/2, 3/4, 1; a null picture where there is none.
    void setStrip(const std::array<QImage, 5>& pictures);

    // In which colours the examples are drawn on the picture, by id.
    void setMarkColours(const std::map<QString, QColor>& colours);

  Q_SIGNALS:
    void importWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void buildStrip();
    void layOut();
    void connectExamples();
    void connectLeaveOut();
    void fillKept();
    void rebuild();
    void follow();
    void retranslate();
    Document& document_;
    Marks& marks_;
    SupportLibrary& library_;
    Section* section_;
    QLabel* intro_;
    QVBoxLayout* cards_;
    std::map<QString, SupportCard*> byId_;
    QToolButton* import_;
    QToolButton* kept_;
    ValueSlider* mix_;
    QWidget* strip_;
    std::array<class StripPicture*, 5> stripPictures_{};
    Section* leaveOut_;
    QLineEdit* negative_;
    class Segments* compete_;
    ValueSlider* negativeWeight_;
};

}  // namespace maskwright::ui
