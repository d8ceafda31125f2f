# Every foreign library, found once. Debian 12's packages are the default; -DCMAKE_PREFIX_PATH=/path/to/libtorch
# (or the torch folder of a PyPI wheel) chooses another LibTorch.
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(OpenCV REQUIRED COMPONENTS core imgproc)
find_package(Qt6 REQUIRED COMPONENTS Core Gui)
if(MASKWRIGHT_BUILD_UI)
  find_package(Qt6 REQUIRED COMPONENTS Widgets)
endif()

# Found by pkg-config: SentencePiece has no CMake files, and libzip's ask for programs of another package.
find_package(PkgConfig REQUIRED)
function(maskwright_find_by_pkg_config prefix module package)
  pkg_check_modules(${prefix} IMPORTED_TARGET GLOBAL ${module})
  if(NOT ${prefix}_FOUND)
    message(FATAL_ERROR "${module} was not found by pkg-config: install ${package}")
  endif()
endfunction()
maskwright_find_by_pkg_config(SENTENCEPIECE sentencepiece libsentencepiece-dev)
maskwright_find_by_pkg_config(LIBZIP libzip libzip-dev)
maskwright_find_by_pkg_config(LCMS lcms2 liblcms2-dev)
maskwright_find_by_pkg_config(LIBJPEG libjpeg libjpeg-dev)
maskwright_find_by_pkg_config(LIBTIFF libtiff-4 libtiff-dev)
maskwright_find_by_pkg_config(LIBHEIF libheif libheif-dev)
maskwright_find_by_pkg_config(LIBCRYPTO libcrypto libssl-dev)

include(MaskwrightTorch)
