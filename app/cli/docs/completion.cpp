#include <algorithm>
#include <functional>
#include <sstream>

#include "app/cli/docs/pages.h"

namespace maskwright::cli::docs {

namespace {

// Where models are that have a name, as core/store looks for them. Bash, zsh and fish read it alike.
constexpr const char* kModelFolders =
    "/usr/share/maskwright/models/*/ \"${XDG_DATA_HOME:-$HOME/.local/share}\"/maskwright/models/*/";

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : between) + word;
    }
    return text;
}

std::vector<std::string> namesOf(const Command& command) {
    std::vector<std::string> names;
    for (const Option& option : command.options) {
        names.insert(names.end(), option.names.begin(), option.names.end());
    }
    return names;
}

std::vector<std::string> wordsBelow(const Command& command) {
    std::vector<std::string> words;
    for (const Command& below : command.below) {
        words.push_back(below.name.substr(below.name.rfind(' ') + 1));
    }
    return words;
}

void forAll(const Command& command, const std::function<void(const Command&)>& visit) {
    visit(command);
    for (const Command& below : command.below) {
        forAll(below, visit);
    }
}

bool takesModel(const Option& option) {
    return std::find(option.names.begin(), option.names.end(), "--model") != option.names.end();
}

// A line without quotes, brackets and colons, which shells read in their own ways.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text.substr(0, text.find('\n'))) {
        out += c == '\'' || c == '"' || c == '`' || c == '$' || c == '\\' || c == '[' || c == ']' || c == ':' ? ' ' : c;
    }
    return out;
}

}  // namespace

std::string bashCompletion(const Command& program) {
    std::ostringstream out;
    out << "# Completion of maskwright-cli for bash, written from the program's own help.\n"
           "_maskwright_cli() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before= command= i options= below= choices= model=\n"
           "    [ \"$COMP_CWORD\" -gt 0 ] && before=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case \"${command:+$command }${COMP_WORDS[i]}\" in\n            ";
    std::vector<std::string> commands;
    forAll(program, [&](const Command& command) {
        if (!command.name.empty()) {
            commands.push_back("'" + command.name + "'");
        }
    });
    out << joined(commands, "|") << ") command=${command:+$command }${COMP_WORDS[i]} ;;\n        esac\n    done\n"
        << "    case \"$command\" in\n";
    forAll(program, [&](const Command& command) {
        out << "        '" << command.name << "') options='" << joined(namesOf(command)) << "'";
        if (!command.below.empty()) {
            out << " below='" << joined(wordsBelow(command)) << "'";
        }
        out << " ;;\n";
    });
    out << "    esac\n    case \"$command $before\" in\n";
    forAll(program, [&](const Command& command) {
        for (const Option& option : command.options) {
            for (const std::string& name : option.names) {
                if (!option.choices.empty()) {
                    out << "        '" << command.name << " " << name << "') choices='" << joined(option.choices)
                        << "' ;;\n";
                } else if (takesModel(option)) {
                    out << "        '" << command.name << " " << name << "') model=1 ;;\n";
                }
            }
        }
    });
    out << "    esac\n"
           "    if [ -n \"$choices\" ]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$word\")\n"
           "    elif [ -n \"$model\" ]; then\n"
           "        local folder names=\n"
           "        for folder in "
        << kModelFolders
        << "; do\n"
           "            [ -d \"$folder\" ] && folder=${folder%/} && names+=\" ${folder##*/}\"\n"
           "        done\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$names\" -- \"$word\"; compgen -d -- \"$word\")\n"
           "    elif [ \"${word:0:1}\" = - ]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
           "    elif [ -n \"$below\" ]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$below\" -- \"$word\")\n"
           "    else\n"
           "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
           "        compopt -o filenames 2>/dev/null\n"
           "    fi\n"
           "}\n"
           "complete -F _maskwright_cli maskwright-cli\n";
    return out.str();
}

std::string zshCompletion(const Command& program) {
    std::ostringstream out;
    out << "#compdef maskwright-cli\n"
           "# Completion of maskwright-cli for zsh, written from the program's own help.\n"
           "_maskwright_cli_models() {\n"
           "    local -a names\n"
           "    local folder\n"
           "    setopt local_options null_glob\n"
           "    for folder in "
        << kModelFolders
        << "; do names+=(${${folder%/}:t}); done\n"
           "    compadd -a names\n"
           "    _files -/\n"
           "}\n";
    forAll(program, [&](const Command& command) {
        std::string function = "_maskwright_cli" + (command.name.empty() ? "" : "_" + command.name);
        std::replace(function.begin(), function.end(), ' ', '_');
        std::replace(function.begin(), function.end(), '-', '_');
        out << function << "_of() {\n    _arguments";
        for (const Option& option : command.options) {
            const std::string repeat = option.repeated ? "*" : "";
            std::string value;
            if (!option.argument.empty()) {
                value = ":" + plain(option.argument) + ":" +
                        (!option.choices.empty() ? "(" + joined(option.choices) + ")"
                         : takesModel(option)    ? std::string("_maskwright_cli_models")
                                                 : std::string("_files"));
            }
            for (const std::string& name : option.names) {
                out << " \\\n        '" << repeat << name << "[" << plain(option.help) << "]" << value << "'";
            }
        }
        if (command.below.empty()) {
            out << " \\\n        '*:file:_files'\n}\n";
            return;
        }
        out << " \\\n        '1:subcommand:((";
        for (const Command& below : command.below) {
            out << (&below == &command.below.front() ? "" : " ") << below.name.substr(below.name.rfind(' ') + 1)
                << "\\:\"" << plain(below.help) << "\"";
        }
        out << "))' '*::argument:->below'\n    [[ $state == below ]] && case $words[1] in\n";
        for (const std::string& word : wordsBelow(command)) {
            std::string target = function + "_" + word;
            std::replace(target.begin(), target.end(), '-', '_');
            out << "        " << word << ") " << target << "_of ;;\n";
        }
        out << "    esac\n}\n";
    });
    out << "_maskwright_cli() {\n    local state\n    local -a line\n    _maskwright_cli_of\n}\n_maskwright_cli "
           "\"$@\"\n";
    return out.str();
}

std::string fishCompletion(const Command& program) {
    std::ostringstream out;
    out << "# Completion of maskwright-cli for fish, written from the program's own help.\n"
           "function __maskwright_cli_models\n"
           "    set -l data $HOME/.local/share\n"
           "    set -q XDG_DATA_HOME; and set data $XDG_DATA_HOME\n"
           "    for folder in /usr/share/maskwright/models/*/ $data/maskwright/models/*/\n"
           "        basename $folder\n"
           "    end\n"
           "end\n";
    forAll(program, [&](const Command& command) {
        std::string condition = "__fish_use_subcommand";
        if (!command.name.empty()) {
            const std::size_t space = command.name.find(' ');
            condition = "__fish_seen_subcommand_from " + command.name.substr(0, space);
            if (space != std::string::npos) {
                condition += "; and __fish_seen_subcommand_from " + command.name.substr(space + 1);
            } else if (!command.below.empty()) {
                condition += "; and not __fish_seen_subcommand_from " + joined(wordsBelow(command));
            }
        }
        const std::string start = "complete -c maskwright-cli -n '" + condition + "'";
        for (const Command& below : command.below) {
            out << start << " -f -a " << below.name.substr(below.name.rfind(' ') + 1) << " -d '" << plain(below.help)
                << "'\n";
        }
        for (const Option& option : command.options) {
            if (option.names.empty()) {
                continue;
            }
            out << start;
            for (const std::string& name : option.names) {
                out << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
            }
            if (!option.choices.empty()) {
                out << " -x -a '" << joined(option.choices) << "'";
            } else if (takesModel(option)) {
                out << " -r -a '(__maskwright_cli_models)'";
            } else if (!option.argument.empty()) {
                out << " -r";
            }
            out << " -d '" << plain(option.help) << "'\n";
        }
    });
    return out.str();
}

}  // namespace maskwright::cli::docs
