#include "ui/model/background.h"

#include <gtest/gtest.h>

#include <QSemaphore>
#include <new>
#include <optional>
#include <stdexcept>

#include "tests/support/event_loop.h"

namespace maskwright::ui {
namespace {

template <class Work>
auto outcomeOf(Work work) {
    QObject owner;
    using Outcome = typename detail::AsResult<std::invoke_result_t<Work&>>::Type;
    std::optional<Outcome> got;
    inBackground(&owner, work, [&](const Outcome& outcome) { got = outcome; });
    EXPECT_TRUE(waitFor([&] { return got.has_value(); }));
    return *got;
}

TEST(Background, ResultsComeBackPlainOnesToo) {
    EXPECT_EQ(*outcomeOf([] { return 3; }), 3);
    const auto failed = outcomeOf([]() -> Result<int> { return Error{ErrorKind::input, "no", ""}; });
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().what.text(), "no");
}

TEST(Background, AnExceptionIsAnErrorNotTheEndOfTheProgram) {
    const auto thrown = outcomeOf([]() -> int { throw std::runtime_error("the disk fell over"); });
    ASSERT_FALSE(thrown.ok());
    EXPECT_EQ(thrown.error().kind, ErrorKind::resource);
    EXPECT_EQ(thrown.error().what.text(), "the request failed: the disk fell over");
    const auto full = outcomeOf([]() -> Result<void> { throw std::bad_alloc(); });
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().what.text(), "not enough memory for the request");
}

TEST(Background, WhoIsGoneHearsNothing) {
    int heard = 0;
    auto owner = std::make_unique<QObject>();
    inBackground(
        owner.get(), [] { return 1; }, [&](const Result<int>&) { ++heard; });
    owner.reset();
    EXPECT_EQ(*outcomeOf([] { return 2; }), 2);
    EXPECT_TRUE(settleBackground(-1));
    QCoreApplication::processEvents();
    EXPECT_EQ(heard, 0);
}

TEST(Background, WhatHangsHoldsNeitherThePainterNorTheEndOfTheProgram) {
    QObject owner;
    QSemaphore begun, answered;
    std::optional<int> got;
    inBackground(
        &owner,
        [&] {
            begun.release();
            answered.acquire();
            return 1;
        },
        [&](const Result<int>& value) { got = *value; });
    begun.acquire();
    EXPECT_EQ(QThreadPool::globalInstance()->activeThreadCount(), 0);  // Qt's painter waits for these
    EXPECT_FALSE(settleBackground(1));
    EXPECT_EQ(*outcomeOf([] { return 2; }), 2);  // others go on
    answered.release();
    EXPECT_TRUE(settleBackground(-1));
    EXPECT_TRUE(waitFor([&] { return got.has_value(); }));
}

}  // namespace
}  // namespace maskwright::ui
