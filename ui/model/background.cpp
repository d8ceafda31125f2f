#include "ui/model/background.h"

#include <exception>
#include <new>

namespace maskwright::ui::detail {

Error exceptionAsError() {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return {ErrorKind::resource, message("not enough memory for %1", Message("the request")),
                "close other programs or reduce the picture"};
    } catch (const std::exception& problem) {
        return {ErrorKind::resource, message("%1 failed: %2", Message("the request"), verbatim(problem.what())), ""};
    } catch (...) {
        return {ErrorKind::resource,
                message("%1 failed: %2", Message("the request"), Message("the reason is not known")), ""};
    }
}

}  // namespace maskwright::ui::detail
