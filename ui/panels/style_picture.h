// The picture the encoder gets, in a slot of a panel that scrolls. While any of the panel is in sight the picture is
// too: when its slot leaves the top, it stays there, smaller, and the controls pass beneath.
#pragma once

#include <QImage>
#include <QPointer>
#include <QWidget>

class QScrollArea;

namespace maskwright::ui {

class StylePicture : public QWidget {
    Q_OBJECT

  public:
    // Put slot() into the panel's layout; `panel` is what the picture must stay within.
    explicit StylePicture(QWidget* panel);
    [[nodiscard]] QWidget* slot() const { return slot_; }
    void setPicture(const QImage& picture, const QString& problem);

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place();
    void uncover(const QWidget* before, const QWidget* now);
    QWidget* panel_;
    QWidget* slot_;
    QPointer<QScrollArea> scroll_;
    QImage picture_;
    QString problem_;
};

}  // namespace maskwright::ui
