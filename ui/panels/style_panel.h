// How examples are shown to the model: the engineered picture, live and exact (the very pixels the encoder gets), and
// everything that shapes it.
#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

#include "ui/model/document.h"
#include "ui/model/marks.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace maskwright::ui {

class Section;
class StylePicture;
class ValueSlider;

class StylePanel : public QWidget {
    Q_OBJECT

  public:
    StylePanel(Document& document, Marks& marks, QWidget* parent = nullptr);
    // What this model takes: sizes are multiples of `cell`, and only a transformer has tokens to hide.
    void setModel(int cell, bool hasTokens);
    // The pixels shown, at their own size; null where there is nothing to show.
    [[nodiscard]] const QImage& picture() const { return picture_; }
    // Draws what has changed now instead of with the next frame.
    void refresh();

  Q_SIGNALS:
    void compareWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void nameParts();
    void layOut();
    // A slider to the setting it moves; its steps within one drag become one undo step.
    template <class T>
    void bind(ValueSlider* slider, const char* merge, T visual_prompt::Style::*member);
    void bindSliders();
    void connectParts();
    void later();
    void follow();
    void retranslate();
    void allow();
    void chooseColour();
    void edit(const QString& merge, const std::function<void(visual_prompt::Style&)>& change);
    Document& document_;
    Marks& marks_;
    Section* section_;
    StylePicture* view_;
    QComboBox *preset_, *tint_, *tokens_, *content_, *ground_;
    QCheckBox* crop_;
    ValueSlider *context_, *background_, *blur_, *markWidth_;
    QPushButton* markColour_;
    ValueSlider *size_, *fromLayer_;
    Section* more_;
    ValueSlider *brightness_, *objectFactor_, *objectShift_, *shift_;
    QPushButton* compare_;
    QLabel* note_;
    QImage picture_;
    bool hasTokens_ = true;
    QTimer frame_;  // the next drawing
};

}  // namespace maskwright::ui
