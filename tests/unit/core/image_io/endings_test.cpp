#include "core/image_io/endings.h"

#include <gtest/gtest.h>

namespace maskwright::image_io {
namespace {

TEST(Endings, AreTakenInAnyCaseAndOnlyAtTheEnd) {
    for (const Ending& ending : endings()) {
        EXPECT_TRUE(hasPictureEnding("/a folder/cat." + std::string(ending.text)));
    }
    EXPECT_TRUE(hasPictureEnding("고양이.JPeG"));
    for (const char* name : {"cat", "cat.txt", "png", ".png", "cat.png.txt", "cat.", "", "maskwright-journal.jsonl"}) {
        EXPECT_FALSE(hasPictureEnding(name)) << name;
    }
}

TEST(Endings, MakeAFilter) {
    EXPECT_EQ(dialogPatterns(),
              "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif *.heic *.heif *.avif *.jfif *.jpe *.mpo *.hif");
    EXPECT_EQ(dialogPatterns(true), "*.png *.webp *.bmp *.tif *.tiff *.gif");
}

}  // namespace
}  // namespace maskwright::image_io
