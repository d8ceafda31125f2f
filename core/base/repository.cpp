#include "core/base/repository.h"

namespace maskwright {
namespace {

bool isNamePart(std::string_view text) {
    return !text.empty() && text.size() <= 96 && text.front() != '.' && text.front() != '-' &&
           text.find("..") == std::string_view::npos &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string_view::npos;
}

}  // namespace

bool isRepository(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && isNamePart(text.substr(0, slash)) && isNamePart(text.substr(slash + 1));
}

}  // namespace maskwright
