// maskwright-cli: parses the command line, then loads the heavy part. A program linked with LibTorch needs half a
// second before main; --help, --version and mistakes do not wait for it.
#include <dlfcn.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include "app/cli/arguments.h"
#include "core/base/file.h"
#include "core/base/waiting_threads.h"

namespace {

using maskwright::Error;
using maskwright::ErrorKind;
using maskwright::message;
using maskwright::Message;
using maskwright::verbatim;
using Runner = int (*)(const maskwright::cli::Command&, const std::stop_token&);

// The shared library beside the program, or where an installed one lies.
std::variant<Runner, Error> loadRunner() {
    namespace fs = std::filesystem;
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    Message problem = failed ? maskwright::systemReason(failed.value()) : Message("it is not there");
    for (const char* folder : {".", "../lib/maskwright", "../lib"}) {
        const fs::path file = program.parent_path() / folder / "libmaskwright-cli.so";
        if (failed || !fs::exists(file, failed)) {
            continue;
        }
        if (void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL)) {
            if (void* symbol = dlsym(library, "maskwrightRunCommand")) {
                return reinterpret_cast<Runner>(symbol);
            }
        }
        if (const char* text = dlerror()) {
            problem = verbatim(text);
        }
    }
    return Error{ErrorKind::resource, message("libmaskwright-cli.so cannot be loaded: %1", problem),
                 "build or install Maskwright again"};
}

}  // namespace

int main(int count, char** values) {
    maskwright::letWaitingThreadsSleep();
    auto parsed = maskwright::cli::parseArguments(count, values);
    if (const int* code = std::get_if<int>(&parsed)) {
        return *code;
    }
    // Blocked before any thread starts, so that only the watcher receives them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::stop_source stop;
    std::thread([signals, stop]() mutable {
        int number = 0;
        sigwait(&signals, &number);
        stop.request_stop();
        sigwait(&signals, &number);  // asked again: do not wait for the work to notice
        _exit(static_cast<int>(ErrorKind::cancelled));
    }).detach();

    // A file at the limit of its size is an error to tell, not the end.
    signal(SIGXFSZ, SIG_IGN);

    const auto runner = loadRunner();
    if (const Error* error = std::get_if<Error>(&runner)) {
        return maskwright::cli::report(*error);
    }
    const int code = std::get<Runner>(runner)(std::get<maskwright::cli::Command>(parsed), stop.get_token());
    std::cout.flush();
    if (!std::cout && code == 0) {
        return maskwright::cli::report({ErrorKind::output, "standard output cannot be written", "look where it goes"});
    }
    return code;
}
