// What the window shows before a picture is open: how to open one, and photographs with phrases to try.
#pragma once

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace maskwright::ui {

class ModelList;
class ModelsCard;
class SampleCard;

class EmptyState : public QWidget {
    Q_OBJECT

  public:
    explicit EmptyState(QWidget* parent = nullptr);
    // A card below the photographs, where there is something to offer.
    void offerModels(ModelList& models);

  Q_SIGNALS:
    void openWanted();
    // Of samples(); `phrase`: what was chosen with it, empty for the photograph alone.
    void sampleWanted(int index, const QString& phrase);
    void modelsWanted(const QString& id);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void retranslate();
    void arrange();  // as many photographs as there is room for
    QLabel* title_;
    QLabel* text_;
    QPushButton* open_;
    QLabel* tryTitle_;
    QGridLayout* grid_;
    ModelsCard* offer_ = nullptr;
    std::vector<SampleCard*> cards_;
    int columns_ = 0, rows_ = 0;
};

}  // namespace maskwright::ui
