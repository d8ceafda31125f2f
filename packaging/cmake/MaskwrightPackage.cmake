# CPack: one .deb with window, command line and models. packaging/deb.sh makes it and tries it in a bare Debian.
set(MASKWRIGHT_MAINTAINER "Maskwright developers <maskwright@localhost.localdomain>" CACHE STRING
  "Who answers for packages made of this tree, Name <address>")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME maskwright)
set(CPACK_PACKAGE_VENDOR Maskwright)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "find things in pictures by saying or showing them")
set(CPACK_PACKAGE_DESCRIPTION
"Type a phrase, or mark an object in another picture, and what is meant
lights up; its mask leaves as a PNG, a cut-out or an overlay. Everything
runs on this computer: no account, no graphics card, no network.
.
With a window, the command line program maskwright-cli, and two models.
Any CLIPSeg or CLIP in the Hugging Face layout can be used besides.")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${MASKWRIGHT_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Read off every program and library in the package, those that are opened by dlopen too.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no library names: a BLAS that is not fifty times slower, the reader of WebP and TIFF, the dictionary of noun phrases.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "libopenblas0-pthread | libopenblas0, qt6-image-formats-plugins, link-grammar-dictionaries-en")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, qt6-wayland, fonts-noto-cjk")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "shared-mime-info, desktop-file-utils")
include(CPack)

# What Debian's rules want beside it, wherever it is installed.
find_program(MASKWRIGHT_GZIP gzip REQUIRED)
set(log ${CMAKE_BINARY_DIR}/changelog.gz)
add_custom_command(OUTPUT ${log}
  COMMAND sh -c "${MASKWRIGHT_GZIP} -9nc ${PROJECT_SOURCE_DIR}/packaging/deb/changelog > ${log}"
  DEPENDS ${PROJECT_SOURCE_DIR}/packaging/deb/changelog VERBATIM)
add_custom_target(maskwright_changelog ALL DEPENDS ${log})
include(GNUInstallDirs)
install(FILES packaging/deb/copyright ${log} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/maskwright)
install(FILES packaging/deb/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME maskwright)
