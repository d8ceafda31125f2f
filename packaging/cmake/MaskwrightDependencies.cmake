# Every foreign library, found once. Debian 12's packages are the default; -DCMAKE_PREFIX_PATH=/path/to/libtorch
# (or the torch folder of a PyPI wheel) chooses another LibTorch.
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(OpenCV REQUIRED COMPONENTS core imgproc ximgproc)
find_package(Qt6 REQUIRED COMPONENTS Core Gui)
if(MASKWRIGHT_BUILD_UI)
  find_package(Qt6 REQUIRED COMPONENTS Widgets)
endif()

include(MaskwrightTorch)
