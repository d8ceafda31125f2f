#include "core/eval/protocols/wordings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/model_fixture.h"

namespace maskwright::eval {
namespace {

// Eight names, of which cat and dog have "animal" above, and all have "thing"; "hound" is a name of two.
data::DataSet things() {
    data::DataSet set;
    for (const char* name : {"cat", "dog", "bus", "cup", "fork", "bed", "kite", "tie", "animal", "thing"}) {
        data::Category category;
        category.name = name;
        category.names = {name};
        const bool animal = set.categories.size() < 2;
        category.ancestors = animal ? std::vector<std::size_t>{8, 9} : std::vector<std::size_t>{9};
        set.categories.push_back(category);
    }
    set.categories[9].ancestors = {};
    set.categories[0].names = {"cat", "kitty", "hound"};
    set.categories[1].names = {"dog", "hound"};
    return set;
}

class Wordings : public testing::Test {
  protected:
    void SetUp() override {
        for (std::size_t k = 0; k < 8; ++k) {
            names_.push_back({k, set_.categories[k].name});
        }
    }
    // "phrase: names"
    [[nodiscard]] std::vector<std::string> of(const std::vector<std::string>& kinds,
                                              const std::string& table = {}) const {
        const auto wordings = wordingsOf(set_, names_, {kinds, table});
        EXPECT_TRUE(wordings.ok()) << (wordings.ok() ? "" : wordings.error().line());
        std::vector<std::string> told;
        for (std::size_t i = 0; wordings.ok() && i < wordings->size(); ++i) {
            const Wording& one = (*wordings)[i];
            told.push_back(kinds[one.kind] + " " + one.name.text + ":");
            for (const std::size_t name : one.of) {
                told.back() += " " + names_[name].text;
            }
        }
        return told;
    }
    const data::DataSet set_ = things();
    std::vector<Name> names_;
};

TEST_F(Wordings, SynonymsBelongToOneNameAlone) {
    EXPECT_EQ(of({"synonyms"}), std::vector<std::string>{"synonyms kitty: cat"});
}

TEST_F(Wordings, PluralsAndParents) {
    const auto all = of({"plurals", "parents"});
    EXPECT_EQ(all.size(), 9u);
    EXPECT_EQ(std::count(all.begin(), all.end(), "plurals buses: bus"), 1);
    EXPECT_EQ(all.back(), "parents animal: cat dog") << "and not \"thing\", which all of them are";
}

TEST_F(Wordings, LanguagesComeFromATable) {
    const test::TemporaryFolder folder;
    const std::string table = (folder.path() / "phrases.tsv").string();
    test::writeText(table,
                    "lang\ttext\ttarget\nen\tkitty\t7\nen\tdog\t3\nko\t개\t3\nko\t강아지\t3\nko\t고양이\t7\n"
                    "de\tHund\t3\n");
    EXPECT_EQ(of({"ko", "de"}, table), (std::vector<std::string>{"ko 고양이: cat", "ko 개: dog", "de Hund: dog"}));
    const auto unknown = wordingsOf(set_, names_, {{"fr"}, table});
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().kind, ErrorKind::usage);
    EXPECT_FALSE(wordingsOf(set_, names_, {{"ko"}, ""}).ok()) << "no table";
    test::writeText(table, "lang\ttext\ttarget\nen dog 3\n");
    const auto broken = wordingsOf(set_, names_, {{"ko"}, table});
    ASSERT_FALSE(broken.ok());
    EXPECT_NE(broken.error().line().find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::eval
