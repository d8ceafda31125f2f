#include <algorithm>
#include <sstream>

#include "app/cli/docs/pages.h"

namespace maskwright::cli::docs {

namespace {

constexpr const char* kProgram = "maskwright-cli";

// Text as roff takes it: no character of it is a command.
std::string escaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool lineStart = i == 0 || text[i - 1] == '\n';
        if (lineStart && (c == '.' || c == '\'')) {
            out += "\\&";
        }
        out += c == '\\' ? "\\e" : c == '-' ? "\\-" : c == '\'' ? "\\(aq" : std::string(1, c);
    }
    return out;
}

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string dashed(std::string name) {
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
}

std::string pageName(const Command& command) {
    return command.name.empty() ? kProgram : std::string(kProgram) + "-" + dashed(command.name);
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

void writeOption(std::ostream& out, const Option& option) {
    out << ".TP\n";
    std::string names;
    for (const std::string& name : option.names) {
        names += (names.empty() ? "" : ", ") + bold(name);
    }
    out << names;
    if (!option.argument.empty()) {
        out << (names.empty() ? "" : " ") << italic(option.argument) << (option.repeated ? " ..." : "");
    }
    out << "\n" << escaped(option.help);
    if (!option.help.empty() && std::string(".?!").find(option.help.back()) == std::string::npos) {
        out << '.';
    }
    if (!option.choices.empty()) {
        out << "\nOne of";
        for (const std::string& choice : option.choices) {
            out << (&choice == &option.choices.front() ? " " : ", ") << bold(choice);
        }
        out << ".";
    }
    if (!option.initial.empty()) {
        out << "\nDefault: " << bold(option.initial) << ".";
    }
    if (option.required) {
        out << "\nRequired.";
    }
    out << "\n";
}

// Lines that are to stay as they are.
void writeFooter(std::ostream& out, const Command& command) {
    if (!command.footer.empty()) {
        out << ".PP\n.nf\n" << escaped(command.footer) << "\n.fi\n";
    }
}

void writeSynopsis(std::ostream& out, const Command& command) {
    out << ".B " << escaped(kProgram) << "\n" << (command.name.empty() ? "" : bold(command.name) + "\n");
    for (const Option& option : command.options) {
        const std::string value = italic(option.argument) + (option.repeated ? " ..." : "");
        if (option.names.empty()) {
            out << (option.required ? value : "[" + value + "]") << "\n";
        } else if (option.required) {
            out << bold(option.names.back()) << " " << value << "\n";
        }
    }
    out << (command.below.empty() ? "[" + italic("OPTIONS") + "]" : italic("SUBCOMMAND") + " ...") << "\n";
}

void writeOptions(std::ostream& out, const Command& command) {
    for (const bool positional : {true, false}) {
        for (const Option& option : command.options) {
            if (option.names.empty() == positional) {
                writeOption(out, option);
            }
        }
    }
}

}  // namespace

std::string manualPage(const Command& program, const Command& command, const std::string& version) {
    std::ostringstream out;
    const bool whole = command.name.empty();
    const std::string title = pageName(command);
    out << ".\\\" Written from the program's own help.\n"
        << ".TH " << escaped(upper(title)) << " 1 \"\" \"Maskwright " << escaped(version) << "\" \"User Commands\"\n"
        << ".SH NAME\n"
        << escaped(title) << " \\- "
        << escaped(whole ? std::string("masks of what a phrase or an example means, in pictures") : command.help)
        << "\n"
        << ".SH SYNOPSIS\n";
    writeSynopsis(out, command);
    if (whole) {
        out << ".SH DESCRIPTION\n" << escaped(command.help) << "\n";
    }
    out << ".SH OPTIONS\n";
    writeOptions(out, command);
    if (!command.below.empty()) {
        out << ".SH SUBCOMMANDS\n";
    }
    for (const Command& below : command.below) {
        if (whole) {
            out << ".TP\n" << bold(below.name) << "\n" << escaped(below.help) << ".\n";
        } else {
            out << ".SS " << escaped(below.name) << "\n" << escaped(below.help) << ".\n.PP\n";
            writeSynopsis(out, below);
            writeOptions(out, below);
            writeFooter(out, below);
        }
    }
    if (!command.footer.empty()) {
        out << ".SH NOTES\n";
        writeFooter(out, command);
    }
    out << ".SH SEE ALSO\n";
    if (whole) {
        for (const Command& below : program.below) {
            out << ".BR " << escaped(pageName(below)) << " (1),\n";
        }
    } else {
        out << ".BR " << escaped(kProgram) << " (1),\n";
    }
    out << ".BR maskwright (1)\n";
    return out.str();
}

}  // namespace maskwright::cli::docs
