#include "core/weights/pickle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace maskwright::weights {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

Result<Pickle> read(const std::string& text) { return readPickle(std::as_bytes(std::span(text)), "f.pth"); }

std::string problem(const std::string& text) {
    const auto pickle = read(text);
    if (pickle) {
        return "";
    }
    EXPECT_EQ(pickle.error().kind, ErrorKind::weights);
    EXPECT_EQ(pickle.error().what.text().find("f.pth: "), 0u);
    EXPECT_EQ(pickle.error().what.text().find('\n'), std::string::npos);
    return pickle.error().what.text();
}

std::string word(const std::string& text) { return "X" + std::string{static_cast<char>(text.size()), 0, 0, 0} + text; }

// The persistent id of a float storage "0" with `elements` (fewer than 256) elements.
std::string storage(unsigned char elements) {
    return "(" + word("storage") + "ctorch\nFloatStorage\n" + word("0") + word("cpu") + "K" +
           static_cast<char>(elements) + "tQ";
}
std::string tuple(const std::vector<int>& numbers) {
    std::string text = "(";
    for (const int number : numbers) {
        text += "J";
        for (int shift = 0; shift < 32; shift += 8) {
            text += static_cast<char>(static_cast<unsigned>(number) >> shift);
        }
    }
    return text + "t";
}
// A call of _rebuild_tensor_v2 on that storage.
std::string tensor(unsigned char elements, const std::string& offset, const std::vector<int>& shape,
                   const std::vector<int>& strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage(elements) + offset + tuple(shape) + tuple(strides) +
           "\x89"
           "ccollections\nOrderedDict\n)RtR.";
}

TEST(Pickle, ReadsPlainValues) {
    // pickletools: protocol 2 of [7, -1, 300, 2**40, 0.5, True, None, 'x', (1, 2)]
    const auto pickle = read(
        "\x80\x02]q\x00(K\x07J\xff\xff\xff\xffM,\x01\x8a\x06\x00\x00\x00\x00\x00\x01G?"
        "\xe0\x00\x00\x00\x00\x00\x00\x88NX\x01\x00\x00\x00xq\x01K\x01K\x02\x86q\x02"
        "e."s);
    ASSERT_TRUE(pickle) << pickle.error().line();
    const auto& items = std::get<PickleList>(pickle->top()).items;
    ASSERT_EQ(items.size(), 9u);
    EXPECT_EQ(std::get<std::int64_t>(pickle->at(items[0])), 7);
    EXPECT_EQ(std::get<std::int64_t>(pickle->at(items[1])), -1);
    EXPECT_EQ(std::get<std::int64_t>(pickle->at(items[2])), 300);
    EXPECT_EQ(std::get<std::int64_t>(pickle->at(items[3])), std::int64_t{1} << 40);
    EXPECT_EQ(std::get<double>(pickle->at(items[4])), 0.5);
    EXPECT_TRUE(std::get<bool>(pickle->at(items[5])));
    EXPECT_TRUE(std::holds_alternative<std::monostate>(pickle->at(items[6])));
    EXPECT_EQ(std::get<std::string>(pickle->at(items[7])), "x");
    EXPECT_EQ(std::get<PickleTuple>(pickle->at(items[8])).items.size(), 2u);
}

TEST(Pickle, ReadsLongIntegers) {
    const auto value = [](const std::string& text) { return std::get<std::int64_t>(read(text)->top()); };
    EXPECT_EQ(value("\x8a\x00."s), 0);
    EXPECT_EQ(value("\x8a\x01\xff."), -1);
    EXPECT_EQ(value("\x8a\x02\xff\x00."s), 255);
    EXPECT_EQ(value("\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80."s), INT64_MIN);
    EXPECT_THAT(problem("\x8a\x09"
                        "123456789."),
                HasSubstr("more than 64 bits"));
}

TEST(Pickle, KnowsItsLength) { EXPECT_EQ(read("K\x01.rest")->bytes, 3u); }

TEST(Pickle, AValueMayHoldItself) {
    const auto pickle = read(
        "]q\x00h\x00"
        "a."s);  // a list appended to itself
    ASSERT_TRUE(pickle);
    EXPECT_EQ(std::get<PickleList>(pickle->top()).items.front(), pickle->root);
}

TEST(Pickle, RebuildsATensor) {
    const auto pickle = read(tensor(12, "K\x02", {2, 3}, {1, 4}));
    ASSERT_TRUE(pickle) << pickle.error().line();
    const auto& found = std::get<PickledTensor>(pickle->top());
    EXPECT_EQ(found.storage, "0");
    EXPECT_EQ(found.offset, 2u);
    EXPECT_EQ(found.shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(found.strides, (std::vector<std::int64_t>{1, 4}));
    EXPECT_EQ(pickle->storages.at("0").elements, 12u);
}

TEST(Pickle, ATensorStaysWithinItsStorage) {
    // Offset 2, last element 2 + 1 + 8 = 11: the twelfth.
    EXPECT_EQ(problem(tensor(12, "K\x02", {2, 3}, {1, 4})), "");
    EXPECT_THAT(problem(tensor(11, "K\x02", {2, 3}, {1, 4})),
                HasSubstr("a tensor [2, 3] past the end of its storage of 11"));
    EXPECT_THAT(problem(tensor(12, "K\x03", {2, 3}, {1, 4})), HasSubstr("past the end"));
    EXPECT_THAT(problem(tensor(12, "J\xff\xff\xff\xff", {2}, {1})), HasSubstr("shape and strides disagree"));
    EXPECT_THAT(problem(tensor(12, "K\x00"s, {2}, {1, 1})), HasSubstr("shape and strides disagree"));
    EXPECT_THAT(problem(tensor(12, "K\x00"s, {-2}, {1})), HasSubstr("negative side or stride"));
    EXPECT_THAT(problem(tensor(12, "K\x00"s, {2}, {-1})), HasSubstr("negative side or stride"));
    // 2^31-1 thrice: the product and the reach overflow 64 bits.
    const std::vector<int> large(3, INT32_MAX);
    EXPECT_THAT(problem(tensor(12, "K\x00"s, large, large)), HasSubstr("past the end"));
    EXPECT_THAT(problem(tensor(12, "K\x00"s, large, {0, 0, 0})), HasSubstr("past the end"));
    // An empty tensor has no last element, wherever it lies.
    EXPECT_EQ(problem(tensor(0, "K\x00"s, {0, 5}, {5, 1})), "");
    EXPECT_THAT(problem(tensor(12, "K\x00"s, std::vector<int>(17, 1), std::vector<int>(17, 1))),
                HasSubstr("more than 16 dimensions"));
}

TEST(Pickle, RefusesEveryOtherGlobal) {
    EXPECT_THAT(problem("cos\nsystem\n(X\x04\x00\x00\x00truetR."s),
                HasSubstr("it asks for \"os.system\", which is no plain tensor"));
    EXPECT_THAT(problem("c__builtin__\neval\n."), HasSubstr("\"__builtin__.eval\""));
    EXPECT_THAT(problem("\x8c\x02os\x8c\x06system\x93."), HasSubstr("\"os.system\""));
    EXPECT_THAT(problem("ctorch\nload\n."), HasSubstr("\"torch.load\""));
    EXPECT_THAT(problem("ccollections\nOrderedDict.pop\n."), HasSubstr("\"collections.OrderedDict.pop\""));
}

TEST(Pickle, RefusesOpcodesThatRunOrLook) {
    // INST, OBJ, NEWOBJ, NEWOBJ_EX, EXT1, PERSID, INT as text
    for (const char* text : {"(ios\nsystem\n.", "(o.", "\x81.", "\x92.", "\x82\x01.", "Pabc\n.", "I7\n."}) {
        EXPECT_THAT(problem(text), HasSubstr("which plain tensors do not need")) << text;
    }
    EXPECT_THAT(problem("\x81."), HasSubstr("opcode 0x81"));
}

TEST(Pickle, RefusesOddCalls) {
    EXPECT_THAT(problem("ctorch\nFloatStorage\n)R."), HasSubstr("makes a storage by a call"));
    EXPECT_THAT(problem("K\x01)R."), HasSubstr("where a function belongs"));
    EXPECT_THAT(problem("ccollections\nOrderedDict\nK\x01R."), HasSubstr("where the arguments of a call belongs"));
    EXPECT_THAT(problem("ctorch._utils\n_rebuild_tensor_v2\n)R."), HasSubstr("rebuilds a tensor from 0 values"));
    EXPECT_THAT(problem("ctorch._utils\n_rebuild_parameter\n)R."), HasSubstr("rebuilds a parameter from 0 values"));
    EXPECT_THAT(problem("K\x01}b."), HasSubstr("where a dictionary belongs"));
}

TEST(Pickle, RefusesBrokenStorages) {
    EXPECT_THAT(problem("K\x01Q."), HasSubstr("where a storage's tuple belongs"));
    EXPECT_THAT(problem(")Q."), HasSubstr("names a storage with 0 values"));
    EXPECT_THAT(problem("(" + word("module") + "NNNNtQ."), HasSubstr("something that is no storage"));
    EXPECT_THAT(problem("(" + word("storage") + "NNNNtQ."), HasSubstr("where a storage type belongs"));
    EXPECT_THAT(problem("(" + word("storage") + "ccollections\nOrderedDict\nNNNtQ."),
                HasSubstr("where a storage type belongs"));
    EXPECT_THAT(problem("(" + word("storage") + "ctorch\nFloatStorage\n" + word("0") + "NJ\xff\xff\xff\xfftQ."),
                HasSubstr("impossible size"));
    EXPECT_THAT(problem("(" + word("storage") + "ctorch\nFloatStorage\n" + word("0") + "NK\x01K\x01tQ."),
                HasSubstr("a view of a storage"));
    EXPECT_THAT(problem(storage(3) + storage(4) + "."), HasSubstr("the storage \"0\" in two ways"));
    EXPECT_EQ(problem(storage(3) + storage(3) + "."), "");
}

TEST(Pickle, RefusesBrokenStacks) {
    EXPECT_THAT(problem(""), HasSubstr("cut off"));
    EXPECT_THAT(problem("K"), HasSubstr("cut off"));
    EXPECT_THAT(problem("X\xff\xff\xff\x7f."), HasSubstr("cut off"));
    EXPECT_THAT(problem("\x8d\xff\xff\xff\xff\xff\xff\xff\xff."), HasSubstr("cut off"));
    EXPECT_THAT(problem("."), HasSubstr("takes more values than it has"));
    EXPECT_THAT(problem("K\x01(."), HasSubstr("takes more values than it has"));
    EXPECT_THAT(problem("\x87."), HasSubstr("takes more values than it has"));
    EXPECT_THAT(problem("t."), HasSubstr("lacks a mark"));
    EXPECT_THAT(problem("0."), HasSubstr("lacks a mark"));
    EXPECT_THAT(problem("h\x05."), HasSubstr("recalls a value it never kept"));
    EXPECT_THAT(problem("K\x01K\x02"
                        "a."),
                HasSubstr("where a list belongs"));
    EXPECT_THAT(problem("}(K\x01u."), HasSubstr("a key without a value"));
    EXPECT_THAT(problem("cabc"), HasSubstr("a broken line"));
    EXPECT_THAT(problem("c" + std::string(300, 'a') + "\n\n."), HasSubstr("a broken line"));
    EXPECT_THAT(problem("\x80\x09."), HasSubstr("unknown protocol"));
}

TEST(Pickle, IsBounded) {
    EXPECT_THAT(problem(std::string(kMaxPickleValues + 1, 'N')), HasSubstr("more than 500000 values"));
    EXPECT_THAT(problem(std::string(kMaxPickleValues + 1, '(')), HasSubstr("nested too deeply"));
    EXPECT_THAT(problem(std::string(kMaxPickleBytes + 1, '2')), HasSubstr("takes more values"));
    EXPECT_THAT(problem("N" + std::string(kMaxPickleBytes, '2')), HasSubstr("its pickle is too large"));
    // Nesting is no recursion: 100,000 lists, each in the next.
    EXPECT_EQ(problem(std::string(100'000, ']') + std::string(99'999, 'a') + "."), "");
    // Calling OrderedDict on one long list again and again must not copy it again and again.
    std::string text = "ccollections\nOrderedDict\nq\x01](";
    for (int i = 0; i < 20'000; ++i) {
        text += "NN\x86";
    }
    text += "eq\x02"s;
    for (int i = 0; i < 100'000; ++i) {
        text += "h\x01h\x02\x85R";
    }
    EXPECT_EQ(problem(text + "."), "");
}

}  // namespace
}  // namespace maskwright::weights
