#include "ui/model/support_library.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <optional>

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

}  // namespace
}  // namespace maskwright::ui
