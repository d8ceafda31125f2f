// On the start page: what a download adds to the built-in model, and the offer of one. Can be closed for good, which is
// also what a download, begun by whatever way, does. Asks nothing of the network by itself.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace maskwright::ui {

class ModelList;

class ModelsCard : public QFrame {
    Q_OBJECT

  public:
    explicit ModelsCard(ModelList& models, QWidget* parent = nullptr);
    // Whether it has something to offer.
    [[nodiscard]] bool wanted() const { return wanted_; }
    [[nodiscard]] QString text() const;

  Q_SIGNALS:
    void moreWanted(const QString& id);  // the dialog, at this model
    void gone();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void follow();
    void closeForGood();
    ModelList& models_;
    QLabel *title_, *text_;
    QPushButton *download_, *more_, *close_;
    bool wanted_ = false, asked_ = false;
    QString failed_;  // why the download that it offered did not come
};

}  // namespace maskwright::ui
