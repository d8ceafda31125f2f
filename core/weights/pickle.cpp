#include "core/weights/pickle.h"

#include <bit>

#include "core/base/hex.h"
#include "core/weights/pickle_machine.h"

namespace maskwright::weights {
namespace pickle {

// The stack itself.
bool Machine::stackStep(unsigned char code) {
    switch (code) {
        case '(':
            marks_.push_back(stack_.size());
            if (marks_.size() > bounds_.values) {
                foreign("its pickle is nested too deeply");
            }
            return true;
        case '0':  // POP
            if (stack_.size() > floor()) {
                stack_.pop_back();
            } else {
                popToMark();
            }
            return true;
        case '1':  // POP_MARK
            popToMark();
            return true;
        case '2':  // DUP
            stack_.push_back(top());
            return true;
        default:
            return false;
    }
}

// Containers: empty ones, of what is on the stack, and additions to one.
bool Machine::containerStep(unsigned char code) {
    switch (code) {
        case '}':
            push(PickleDict{});
            return true;
        case ']':
            push(PickleList{});
            return true;
        case ')':
            push(PickleTuple{});
            return true;
        case 't':
            push(PickleTuple{popToMark()});
            return true;
        case 0x85:
        case 0x86:
        case 0x87:  // TUPLE1 to TUPLE3
            push(PickleTuple{popSome(code - 0x84u)});
            return true;
        case 'l':
            push(PickleList{popToMark()});
            return true;
        case 'd': {
            const auto items = popToMark();
            push(PickleDict{});
            setItems(items);
            return true;
        }
        case 'a':
            append(popSome(1));
            return true;
        case 'e':
            append(popToMark());
            return true;
        case 's':
            setItems(popSome(2));
            return true;
        case 'u':
            setItems(popToMark());
            return true;
        default:
            return false;
    }
}

// The memo.
bool Machine::memoStep(unsigned char code) {
    switch (code) {
        case 'q':
            memoize(number(1));
            return true;
        case 'r':
            memoize(number(4));
            return true;
        case 0x94:  // MEMOIZE
            memoize(memo_.size());
            return true;
        case 'h':
            recall(number(1));
            return true;
        case 'j':
            recall(number(4));
            return true;
        default:
            return false;
    }
}

// Texts, bytes, numbers, None and truth values.
bool Machine::valueStep(unsigned char code) {
    switch (code) {
        case 'X':
        case 'T':  // BINUNICODE, BINSTRING
            push(text(number(4)));
            return true;
        case 0x8c:
        case 'U':  // SHORT_BINUNICODE, SHORT_BINSTRING
            push(text(number(1)));
            return true;
        case 0x8d:  // BINUNICODE8
            push(text(number(8)));
            return true;
        case 'C':
            push(PickleBytes{text(number(1))});
            return true;
        case 'B':
            push(PickleBytes{text(number(4))});
            return true;
        case 'J':
            push(static_cast<std::int64_t>(static_cast<std::int32_t>(number(4))));
            return true;
        case 'K':
            push(static_cast<std::int64_t>(number(1)));
            return true;
        case 'M':
            push(static_cast<std::int64_t>(number(2)));
            return true;
        case 0x8a:  // LONG1
            longInteger(number(1));
            return true;
        case 'G': {  // BINFLOAT: big-endian
            std::uint64_t bits = 0;
            for (const std::byte byte : take(8)) {
                bits = bits << 8 | std::to_integer<std::uint64_t>(byte);
            }
            push(std::bit_cast<double>(bits));
            return true;
        }
        case 'N':
            push(std::monostate{});
            return true;
        case 0x88:
        case 0x89:  // NEWTRUE, NEWFALSE
            push(code == 0x88);
            return true;
        default:
            return false;
    }
}

// Globals and what is made of them.
bool Machine::objectStep(unsigned char code) {
    switch (code) {
        case 'c': {  // GLOBAL
            const std::string module = line();
            global(module, line());
            return true;
        }
        case 0x93: {  // STACK_GLOBAL
            const auto names = popSome(2);
            global(as<std::string>(names[0], "a module"), as<std::string>(names[1], "a name"));
            return true;
        }
        case 'R':
            reduce();
            return true;
        case 'Q':
            storage();
            return true;
        case 'b':
            build();
            return true;
        case 0x81:  // NEWOBJ
            if (modules_ == PickledModules::kept) {
                newObject();
                return true;
            }
            return false;
        default:
            return false;
    }
}

// One opcode; true at STOP.
bool Machine::step() {
    const auto code = static_cast<unsigned char>(take(1)[0]);
    if (bounds_.plain && plainStep(code)) {
        return false;
    }
    switch (code) {
        case 0x80:  // PROTO
            if (number(1) > 5) {
                damaged("its pickle is of an unknown protocol");
            }
            return false;
        case 0x95:  // FRAME: a hint about buffering
            take(8);
            return false;
        case '.':  // STOP
            out_.root = pop();
            return true;
        default:
            break;
    }
    if (!stackStep(code) && !containerStep(code) && !memoStep(code) && !valueStep(code) && !objectStep(code)) {
        const std::string opcode = "0x" + hexOf(std::as_bytes(std::span(&code, 1)));
        foreign(bounds_.plain ? message("its pickle uses opcode %1, which plain data does not need", opcode)
                              : message("its pickle uses opcode %1, which plain tensors do not need", opcode));
    }
    return false;
}

}  // namespace pickle

Result<Pickle> readPickle(std::span<const std::byte> bytes, std::string_view name, PickledModules modules) {
    try {
        return pickle::Machine(bytes, modules).run();
    } catch (const pickle::Refusal& refusal) {
        return Error{ErrorKind::weights, message("%1: %2", name, refusal.problem), refusal.advice};
    }
}

Result<Pickle> readPlainPickle(std::span<const std::byte> bytes, std::string_view name) {
    try {
        return pickle::Machine(bytes, PickledModules::refused, {kMaxDataBytes, kMaxDataValues, true}).run();
    } catch (const pickle::Refusal& refusal) {
        return Error{ErrorKind::input, message("%1: %2", name, refusal.problem),
                     refusal.foreign
                         ? Message("only plain lists, dictionaries, texts and numbers are read, and nothing is run")
                         : refusal.advice};
    }
}

}  // namespace maskwright::weights
