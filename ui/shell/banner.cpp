#include "ui/shell/banner.h"

#include "core/base/log.h"
#include "ui/model/error_text.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

void Banner::listenTo(Controller& controller) {
    connect(&controller, &Controller::noticed, this,
            [this, &controller](const QString& what, const QString& advice) { notice(controller, what, advice); });
    connect(&controller, &Controller::failed, this,
            [this, &controller](const Error& error) { fail(controller, error); });
    connect(&controller, &Controller::succeeded, this, [this, &controller] { over(controller); });
    connect(&controller, &Controller::cleared, this, &Banner::dismiss);
}

void Banner::fail(const QObject& by, const Error& error) {
    log::warn(error.line());
    by_ = &by;
    error_ = error;
    const ErrorText text = errorText(error);
    bar_.showMessage(InfoBar::Kind::error, text.what, text.advice);
}

void Banner::notice(const QObject& by, const QString& what, const QString& advice) {
    by_ = &by;
    error_.reset();
    bar_.showMessage(InfoBar::Kind::notice, what, advice);
}

void Banner::over(const QObject& by) {
    if (by_ == &by) {
        bar_.dismiss();
    }
}

void Banner::retranslate() {
    if (shown() && error_) {
        const ErrorText text = errorText(*error_);
        bar_.showMessage(InfoBar::Kind::error, text.what, text.advice);
    }
}

}  // namespace maskwright::ui
