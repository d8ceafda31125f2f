// The line across the top of the picture, and how long what it says stays there: until a person dismisses it, until
// whoever said it has done the same with success, or until another picture or folder is shown. GUI thread.
#pragma once

#include <QObject>
#include <optional>

#include "core/base/result.h"
#include "ui/widgets/info_bar.h"

namespace maskwright::ui {

class Controller;

class Banner : public QObject {
    Q_OBJECT

  public:
    explicit Banner(InfoBar& bar) : bar_(bar) {}
    void listenTo(Controller& controller);
    void fail(const QObject& by, const Error& error);
    void notice(const QObject& by, const QString& what, const QString& advice);
    // What `by` has said, if it still stands there, is over.
    void over(const QObject& by);
    void dismiss() { bar_.dismiss(); }
    [[nodiscard]] bool shown() const { return bar_.isVisible(); }
    void retranslate();

  private:
    InfoBar& bar_;
    const QObject* by_ = nullptr;  // whose the latest is; only compared
    std::optional<Error> error_;   // the latest, where it was one
};

}  // namespace maskwright::ui
