# maskwright_module(NAME [FOLDERS names...] PUBLIC libs... PRIVATE libs... HEADERS libs...): the static library
# maskwright::NAME from core/NAME/*.cpp and the folders of it that are named. PUBLIC means "appears in my headers"; HEADERS
# are not linked: of those only values are used, no code.

add_library(maskwright_options INTERFACE)
target_include_directories(maskwright_options INTERFACE ${PROJECT_SOURCE_DIR})
# QT_NO_KEYWORDS: a Qt header before torch's does not compile with Qt's lower-case keywords.
target_compile_definitions(maskwright_options INTERFACE QT_NO_KEYWORDS MASKWRIGHT_VERSION="${PROJECT_VERSION}")
target_compile_options(maskwright_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-psabi)
set(MASKWRIGHT_TEST_TIMEOUT 900)  # seconds a test program may take
if(MASKWRIGHT_SANITIZE)
  set(MASKWRIGHT_TEST_TIMEOUT 3600)
  list(JOIN MASKWRIGHT_SANITIZE "," maskwright_sanitizers)
  target_compile_options(maskwright_options INTERFACE -fsanitize=${maskwright_sanitizers} -fno-omit-frame-pointer)
  target_link_options(maskwright_options INTERFACE -fsanitize=${maskwright_sanitizers})
endif()

function(maskwright_module name)
  cmake_parse_arguments(ARG "" "" "FOLDERS;PUBLIC;PRIVATE;HEADERS" ${ARGN})
  set(patterns ${PROJECT_SOURCE_DIR}/core/${name}/*.cpp)
  foreach(folder ${ARG_FOLDERS})
    list(APPEND patterns ${PROJECT_SOURCE_DIR}/core/${name}/${folder}/*.cpp)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  set(target maskwright_${name})
  if(sources)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PUBLIC maskwright_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE maskwright_options ${ARG_PUBLIC} ${ARG_PRIVATE})
  endif()
  add_library(maskwright::${name} ALIAS ${target})
endfunction()

# The test program of core/NAME: all its *_test.cpp, those in its folders too, in one executable, so torch is loaded once a module.
function(maskwright_module_test name)
  cmake_parse_arguments(ARG "" "" "PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/core/${name}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  set(target core_${name}_test)
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE maskwright::${name} maskwright_test_paths GTest::gtest_main GTest::gmock ${ARG_PRIVATE})
  add_test(NAME core/${name} COMMAND ${target})
  set_tests_properties(core/${name} PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen" TIMEOUT ${MASKWRIGHT_TEST_TIMEOUT})
endfunction()
