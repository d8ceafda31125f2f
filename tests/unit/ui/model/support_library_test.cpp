#include "ui/model/support_library.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <optional>

#include "core/base/sha256.h"
#include "tests/support/event_loop.h"
#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

TEST(SupportLibrary, WhatIsKeptComesBack) {
    const QTemporaryDir folder;
    SupportLibrary library(folder.filePath("kept"));
    Support support;
    support.id = "one";
    support.name = QString::fromUtf8("고양이 눈");
    auto image = std::make_shared<Image>(40, 30);
    for (std::size_t i = 0; i < image->pixels.size(); ++i) {
        image->pixels[i] = std::uint8_t(i * 7);
    }
    support.image = image;
    support.region = std::make_shared<const Region>(rectangleMask(40, 30, {5, 5}, {20, 15}));
    EXPECT_FALSE(library.has("one"));
    library.keep(support);
    ASSERT_TRUE(waitFor([&] { return library.has("one"); }));
    ASSERT_EQ(library.entries().size(), 1u);
    EXPECT_EQ(library.entries()[0].name, support.name);
    EXPECT_FALSE(library.entries()[0].thumbnail.isNull());

    std::optional<Support> back;
    std::optional<Error> problem;
    QObject::connect(&library, &SupportLibrary::loaded, [&](const Support& s) { back = s; });
    QObject::connect(&library, &SupportLibrary::failed, [&](const Error& e) { problem = e; });
    library.load("one");
    ASSERT_TRUE(waitFor([&] { return back.has_value(); }));
    EXPECT_EQ(*back->image, *support.image);
    EXPECT_EQ(*back->region->mask(), *support.region->mask());
    library.forget("one");
    EXPECT_TRUE(library.entries().empty());
    library.load("one");
    EXPECT_TRUE(waitFor([&] { return problem.has_value(); }));
}

// A project names an example by a number of its own.
TEST(SupportLibrary, AnExampleThatAProjectBroughtBackIsKnown) {
    const QTemporaryDir folder;
    SupportLibrary library(folder.filePath("kept"));
    Support support;
    support.id = "one";
    support.image = std::make_shared<Image>(40, 30);
    support.region = std::make_shared<const Region>(rectangleMask(40, 30, {5, 5}, {20, 15}));
    support.file.sha256 = std::string(64, 'a');
    EXPECT_TRUE(library.find(support).isEmpty());
    library.keep(support);
    ASSERT_TRUE(waitFor([&] { return !library.find(support).isEmpty(); }));
    Support back = support;
    back.id = "another";
    EXPECT_EQ(library.find(back), "one");
    back.region = std::make_shared<const Region>(rectangleMask(40, 30, {5, 5}, {21, 15}));
    EXPECT_TRUE(library.find(back).isEmpty()) << "another region";
    back.region = support.region;
    back.file.sha256 = std::string(64, 'b');
    EXPECT_TRUE(library.find(back).isEmpty()) << "another picture";
    back.file.sha256 = *sha256File(folder.filePath("kept/one/picture.png").toStdString());
    EXPECT_EQ(library.find(back), "one") << "as it is when it was loaded from the library";
    library.forget(library.find(back));
    EXPECT_TRUE(library.find(back).isEmpty());
}

}  // namespace
}  // namespace maskwright::ui
