// The open pictures as a strip of thumbnails below the canvas. A click opens one, Delete takes it out of the list.
#pragma once

#include <QListView>

#include "ui/model/pictures.h"

namespace maskwright::ui {

class Filmstrip : public QListView {
    Q_OBJECT

  public:
    explicit Filmstrip(Pictures& pictures, QWidget* parent = nullptr);

    // Whether a single picture is on display: beside a folder's there is no strip.
    void setOfPicture(bool shown);

  Q_SIGNALS:
    void wanted(const QString& key);
    void removeWanted(int index);

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    void follow();
    Pictures& pictures_;
    bool ofPicture_ = true;
};

}  // namespace maskwright::ui
