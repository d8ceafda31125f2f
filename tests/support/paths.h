#pragma once

#include <string>

// Where the tests find the tree they were built from and the programs built with them. One source file holds the paths:
// a macro on the command line would be another command in every clone, which ccache has not seen.
namespace maskwright::test {

// `relative` in the source tree.
std::string sourcePath(const std::string& relative);
// `relative` in the folder shared/ beside the source tree, which not every machine has.
std::string sharedPath(const std::string& relative);
// maskwright-cli.
std::string cliProgram();
// The library that the window opens to infer.
std::string engineLibrary();

}  // namespace maskwright::test
