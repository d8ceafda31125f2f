#include "core/eval/protocols/question.h"

#include <gtest/gtest.h>

#include "core/eval/protocols/phrases.h"

namespace maskwright::eval {
namespace {

data::DataSet animals() {
    data::DataSet set;
    set.file = "val.json";
    for (const char* name : {"cat", "dog", "animal"}) {
        data::Category category;
        category.name = name;
        category.names = {name};
        set.categories.push_back(category);
    }
    set.categories[1].names.emplace_back("hound");
    set.closed = {0, 1};
    return set;
}

TEST(Names, AreTheClosedOnesUnlessSomeAreAskedFor) {
    const data::DataSet set = animals();
    const auto all = namesOf(set, {});
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ((*all)[0].text, "cat");
    EXPECT_EQ((*all)[1].category, 1u);
    const auto some = namesOf(set, {"animal", "hound"});
    ASSERT_TRUE(some.ok());
    ASSERT_EQ(some->size(), 2u);
    EXPECT_EQ((*some)[0].category, 2u);
    EXPECT_EQ((*some)[1].category, 1u) << "by a synonym";
    EXPECT_EQ((*some)[1].text, "hound") << "as it was asked for";
    const auto wrong = namesOf(set, {"zebra"});
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
    EXPECT_NE(wrong.error().line().find("zebra"), std::string::npos);
}

TEST(Names, OfSeveralThatShareOneTheClosedIsMeant) {
    data::DataSet set = animals();
    set.categories[0].names = {"knot", "tie"};  // not closed
    set.categories[1].names = {"necktie", "tie"};
    set.categories[2].names = {"beast", "tie", "hound"};
    set.categories.emplace_back();
    set.categories[3].names = {"hound"};
    set.closed = {1};
    const auto names = namesOf(set, {"tie", "hound"});
    ASSERT_TRUE(names.ok());
    EXPECT_EQ((*names)[0].category, 1u);
    EXPECT_EQ((*names)[1].category, 3u) << "its own name";
}

TEST(Phrases, ANameIsPutIntoItsWording) {
    const std::vector<Question> questions = phraseQuestions({{0, "cat"}, {1, "dog"}}, "the {}");
    ASSERT_EQ(questions.size(), 2u);
    EXPECT_EQ(questions[1].name.text, "dog");
    EXPECT_TRUE(questions[1].example.empty());
    const auto prompt = questions[1].prompt();
    ASSERT_TRUE(prompt.ok());
    EXPECT_EQ(prompt->phrase, "the dog");
    EXPECT_TRUE(prompt->regions.empty());
}

}  // namespace
}  // namespace maskwright::eval
