#include "core/session/translate.h"

#include <c10/util/Exception.h>

#include <new>
#include <stdexcept>
#include <string>

#include "core/clip/towers.h"
#include "core/clipseg/model.h"
#include "core/nn/device.h"

namespace maskwright::session {

namespace {

Error outOfMemory(const Message& doing) {
    return {ErrorKind::resource, message("not enough memory for %1", doing),
            "choose a smaller input size (--size), or close other programs"};
}

}  // namespace

bool ranOutOfMemory() { return nn::ranOutOfMemory(); }

Error translateException(const Message& doing) {
    try {
        throw;
    } catch (const clipseg::ModelError& error) {
        return error.error;
    } catch (const vision::Stopped&) {
        return {ErrorKind::cancelled, message("%1 was stopped", doing), ""};
    } catch (const std::bad_alloc&) {
        return outOfMemory(doing);
    } catch (const c10::Error& error) {
        if (ranOutOfMemory()) {
            return outOfMemory(doing);
        }
        // The full text carries a stack trace; its first line says what happened.
        std::string text = error.what_without_backtrace();
        text = text.substr(0, text.find('\n'));
        return {ErrorKind::resource, message("%1 failed in LibTorch: %2", doing, text),
                "try --device cpu and --dtype float32"};
    } catch (const std::invalid_argument& error) {
        return {ErrorKind::usage, verbatim(error.what()), ""};
    } catch (const std::exception& error) {
        return {ErrorKind::resource, message("%1 failed: %2", doing, error.what()), ""};
    } catch (...) {
        return {ErrorKind::resource, message("%1 failed: %2", doing, Message("the reason is not known")), ""};
    }
}

}  // namespace maskwright::session
