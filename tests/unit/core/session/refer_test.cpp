// What an expression is taken for, and that what was found of a picture outlives a stop.
#include "core/session/refer.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/image_io/image_io.h"
#include "core/session/which_serving.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

namespace fs = std::filesystem;

std::string read(const char* expression) {
    const Meant meant = meantBy(expression);
    return meant.nounPhrase + " | " + referring::inWords(meant.wishes).text();
}

TEST(Meant, TheNounPhraseIsAsPublished) {
    EXPECT_EQ(read("the second horse from the left"), "the second horse | number 2 from the left");
    EXPECT_EQ(read("the second horse"), "the second horse | number 2 from the left");
    EXPECT_EQ(read("the animal on the right"), "the animal | right");
    EXPECT_EQ(read("kid on far left wearing stripes"), "kid | left");
    EXPECT_EQ(read("the biggest car"), "the biggest car | biggest");
    EXPECT_EQ(read("a red cup"), "a red cup | ");
    EXPECT_EQ(read("man in the top hat"), "man | top");
}

TEST(Meant, OfNothingButAPlaceTheWholeStandsForIt) {
    EXPECT_EQ(read("second from the right"), "second from the right | number 2 from the right");
    EXPECT_FALSE(meantBy("second from the right").remark.empty());
    EXPECT_EQ(read(""), " | ");
}

TEST(Meant, PlacesOfOtherLanguagesAreRead) {
    EXPECT_EQ(read("왼쪽에서 두 번째 말"), "말 | number 2 from the left");
    EXPECT_FALSE(meantBy("왼쪽 컵").remark.empty()) << "no noun phrase is looked for in it";
}

// Masks from a file that is gone when they are asked for again.
TEST(WhichServing, WhatWasProposedOutlivesAStop) {
    const test::TemporaryFolder place;
    const std::string model = test::copyModel(place, "plain");
    EngineOptions options;
    options.model = model;
    options.device = "cpu";
    options.threads = 1;
    const auto engine = test::valueOf(Engine::open(options));
    WhichServing serving(options, *engine);
    const auto image = std::make_shared<const Image>(40, 30);
    const std::string file = (place.path() / "masks.png").string();
    ASSERT_TRUE(image_io::writeMask(file, Mask(40, 30, 255)).ok());
    WhichQuestion question;
    question.expression = "the left cup";
    question.source = {WhichSource::Kind::file, file, 1};
    std::stop_source aside;
    aside.request_stop();
    const auto stopped = serving.answer(image, question, {{}, aside.get_token()});
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
    fs::remove(file);
    question.expression = "the left cups";  // typed on
    const auto found = serving.answer(image, question, {});
    ASSERT_TRUE(found.ok()) << found.error().line();
    EXPECT_EQ(found->candidates.size(), 1u);
    EXPECT_EQ(found->nounPhrase, "the left cups");
    EXPECT_EQ(found->compared.local.rows, 1);
    // Other features need no other masks.
    question.model = test::copyModel(place, "refined");
    EXPECT_EQ(test::valueOf(serving.answer(image, question, {})).candidates, found->candidates);
    // Another picture does.
    EXPECT_FALSE(serving.answer(std::make_shared<const Image>(40, 30), question, {}).ok());
}

}  // namespace
}  // namespace maskwright::session
