// One example in the panel: its picture, name, weight, and what it is for.
#pragma once

#include <QFrame>

#include "ui/model/document.h"
#include "ui/model/marks.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace maskwright::ui {

class SupportLibrary;
class ValueSlider;

class SupportCard : public QFrame {
    Q_OBJECT

  public:
    SupportCard(const QString& id, Document& document, Marks& marks, SupportLibrary& library,
                QWidget* parent = nullptr);
    // Shows the document's state of this example.
    void follow();
    void setActive(bool active);
    // In which it is drawn on the picture; an invalid one where it is not.
    void setColour(const QColor& colour);

  protected:
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void retranslate();
    [[nodiscard]] const Support* support() const;
    [[nodiscard]] double share() const;  // of the weights of the examples on its side
    QString id_;
    Document& document_;
    Marks& marks_;
    SupportLibrary& library_;
    bool active_ = false;
    QColor colour_;
    std::shared_ptr<const Region> shownRegion_;
    QLabel* picture_;
    QLineEdit* name_;
    QToolButton *enabled_, *negative_, *keep_, *remove_;
    ValueSlider* weight_;
};

}  // namespace maskwright::ui
