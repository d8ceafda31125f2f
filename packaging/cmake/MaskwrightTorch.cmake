# maskwright::torch from any LibTorch: Debian's package, a PyPI wheel's torch folder, the pytorch.org archive, with CUDA or
# without. TorchConfig.cmake is passed by: built with CUDA it demands a CUDA toolkit, although nothing here compiles CUDA.
find_path(MASKWRIGHT_TORCH_INCLUDE ATen/ATen.h PATH_SUFFIXES include)
find_path(MASKWRIGHT_TORCH_API_INCLUDE torch/torch.h
  HINTS ${MASKWRIGHT_TORCH_INCLUDE} PATH_SUFFIXES torch/csrc/api/include include/torch/csrc/api/include)
find_library(MASKWRIGHT_TORCH_LIBRARY torch HINTS ${MASKWRIGHT_TORCH_INCLUDE}/../lib)
find_library(MASKWRIGHT_TORCH_CPU_LIBRARY torch_cpu HINTS ${MASKWRIGHT_TORCH_INCLUDE}/../lib)
find_library(MASKWRIGHT_C10_LIBRARY c10 HINTS ${MASKWRIGHT_TORCH_INCLUDE}/../lib)
foreach(part INCLUDE API_INCLUDE LIBRARY CPU_LIBRARY)
  if(NOT MASKWRIGHT_TORCH_${part})
    message(FATAL_ERROR "LibTorch was not found: install libtorch-dev, or give its folder with -DCMAKE_PREFIX_PATH=")
  endif()
endforeach()

get_filename_component(maskwright_torch_lib ${MASKWRIGHT_TORCH_LIBRARY} DIRECTORY)
set(version_header ${MASKWRIGHT_TORCH_API_INCLUDE}/torch/version.h)
foreach(part MAJOR MINOR PATCH)
  foreach(header ${version_header} ${MASKWRIGHT_TORCH_INCLUDE}/torch/headeronly/version.h)
    if(EXISTS ${header} AND NOT MASKWRIGHT_TORCH_${part})
      file(STRINGS ${header} line REGEX "define TORCH_VERSION_${part} ")
      string(REGEX MATCH "[0-9]+" MASKWRIGHT_TORCH_${part} "${line}")
    endif()
  endforeach()
endforeach()
set(MASKWRIGHT_TORCH_VERSION ${MASKWRIGHT_TORCH_MAJOR}.${MASKWRIGHT_TORCH_MINOR}.${MASKWRIGHT_TORCH_PATCH})
if(MASKWRIGHT_TORCH_VERSION VERSION_LESS 1.13)
  message(FATAL_ERROR "LibTorch ${MASKWRIGHT_TORCH_VERSION} is too old: 1.13 or newer is needed")
endif()

# Wheels before 2.7 were built with the old C++ ABI and cannot share strings with Qt, OpenCV or sentencepiece.
set(config ${maskwright_torch_lib}/../share/cmake/Torch/TorchConfig.cmake)
if(EXISTS ${config})
  file(STRINGS ${config} old_abi REGEX "_GLIBCXX_USE_CXX11_ABI=0")
  if(old_abi)
    message(FATAL_ERROR "This LibTorch has the old C++ ABI: take a PyPI wheel of 2.7 or newer, or the cxx11-abi archive")
  endif()
endif()

add_library(maskwright_torch INTERFACE)
add_library(maskwright::torch ALIAS maskwright_torch)
target_include_directories(maskwright_torch SYSTEM INTERFACE ${MASKWRIGHT_TORCH_INCLUDE} ${MASKWRIGHT_TORCH_API_INCLUDE})
# libtorch.so names no symbol we use, but it is what pulls libtorch_cuda.so in where there is one.
target_link_libraries(maskwright_torch INTERFACE
  -Wl,--push-state,--no-as-needed ${MASKWRIGHT_TORCH_LIBRARY} -Wl,--pop-state
  ${MASKWRIGHT_TORCH_CPU_LIBRARY} ${MASKWRIGHT_C10_LIBRARY})
# What the wheel's CUDA libraries need is found by their own run paths, which the linker does not read.
target_link_options(maskwright_torch INTERFACE -Wl,--allow-shlib-undefined)
message(STATUS "Maskwright: LibTorch ${MASKWRIGHT_TORCH_VERSION} in ${maskwright_torch_lib}")

# oneDNN computes the products (core/nn/onednn.h). Only the one that LibTorch itself is linked to: a wheel carries its own
# inside, and two in one process would answer each other's calls. There LibTorch computes everything.
execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${MASKWRIGHT_TORCH_CPU_LIBRARY} OUTPUT_VARIABLE maskwright_torch_needs ERROR_QUIET)
if(maskwright_torch_needs MATCHES "NEEDED +libdnnl\\.so")
  find_package(dnnl CONFIG)
  if(NOT dnnl_FOUND)
    message(FATAL_ERROR "oneDNN was not found: install libdnnl-dev")
  endif()
  set(MASKWRIGHT_ONEDNN DNNL::dnnl)
endif()

# LibTorch's parallel loops are templates that OpenMP compiles: without its flag they run on one core. A wheel brings a
# library of its own for them. The thread sanitizer does not see how OpenMP's threads wait for each other.
if(maskwright_torch_needs MATCHES "NEEDED +libgomp\\.so" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
   AND NOT "thread" IN_LIST MASKWRIGHT_SANITIZE)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  target_link_libraries(maskwright_torch INTERFACE OpenMP::OpenMP_CXX)
endif()
