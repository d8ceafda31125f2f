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

find_package(Torch REQUIRED)
# One target of our own: TorchConfig's variables carry flags (ABI, include folders) that must travel together.
add_library(maskwright_torch INTERFACE)
add_library(maskwright::torch ALIAS maskwright_torch)
target_link_libraries(maskwright_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(maskwright_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
separate_arguments(maskwright_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(maskwright_torch INTERFACE ${maskwright_torch_flags})
message(STATUS "Maskwright: LibTorch ${Torch_VERSION} at ${TORCH_INSTALL_PREFIX}")
