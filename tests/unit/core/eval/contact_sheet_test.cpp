#include "core/eval/contact_sheet.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/image_io/image_io.h"

namespace maskwright::eval {
namespace {

Shown answer(std::size_t photo, const std::string& name, double iou) {
    Shown s;
    s.photo = photo;
    s.name = name;
    s.iou = iou;
    return s;
}

std::string namesOf(const std::vector<Shown>& answers) {
    std::string all;
    for (const Shown& a : answers) {
        all += a.name;
    }
    return all;
}

TEST(Extremes, OneAPictureWhereThereAreEnoughPictures) {
    Extremes extremes(2);
    extremes.add({answer(0, "a", 0.9), answer(0, "b", 0.8), answer(0, "c", 0.1)});
    EXPECT_EQ(namesOf(extremes.best()), "ab") << "one picture only: its next best fills the row";
    EXPECT_EQ(namesOf(extremes.worst()), "cb");
    extremes.add({answer(1, "d", 0.5)});
    EXPECT_EQ(namesOf(extremes.best()), "ad");
    EXPECT_EQ(namesOf(extremes.worst()), "cd");
    extremes.add({answer(2, "e", 0.7), answer(2, "f", 0.05)});
    EXPECT_EQ(namesOf(extremes.best()), "ae");
    EXPECT_EQ(namesOf(extremes.worst()), "fc");
}

// What is kept picture by picture is what sorting all answers at the end would give.
TEST(Extremes, KeepsWhatAChoiceAmongAllWouldKeep) {
    std::vector<Shown> all;
    Extremes extremes(3);
    for (std::size_t photo = 0; photo < 9; ++photo) {
        std::vector<Shown> answers;
        for (std::size_t k = 0; k < 4; ++k) {
            const double iou = static_cast<double>((photo * 7 + k * 5) % 11) / 10;
            answers.push_back(answer(photo, std::string(1, static_cast<char>('A' + photo * 4 + k)), iou));
            answers.back().order = all.size();
            all.push_back(answers.back());
        }
        extremes.add(answers);
    }
    const auto expected = [&](const auto& before) {
        std::vector<Shown> order = all, chosen;
        std::sort(order.begin(), order.end(), before);
        for (const Shown& a : order) {
            const bool fresh =
                std::none_of(chosen.begin(), chosen.end(), [&](const Shown& c) { return c.photo == a.photo; });
            if (fresh && chosen.size() < 3) {
                chosen.push_back(a);
            }
        }
        return namesOf(chosen);
    };
    EXPECT_EQ(namesOf(extremes.best()), expected([](const Shown& a, const Shown& b) {
                  return a.iou != b.iou ? a.iou > b.iou : a.order < b.order;
              }));
    EXPECT_EQ(namesOf(extremes.worst()), expected([](const Shown& a, const Shown& b) {
                  return a.iou != b.iou ? a.iou < b.iou : a.order > b.order;
              }));
}

TEST(ContactSheet, ShowsPictureTruthAndMask) {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("maskwright-sheet-" + std::to_string(getpid()) + ".png");
    Image image(16, 16);
    std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{100});
    ASSERT_TRUE(image_io::writeImage(file.string(), image).ok());
    Shown one = answer(0, "cat", 0.5);
    one.path = file.string();
    Mask left(16, 16), top(16, 16);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            left.at(x, y) = x < 8 ? 255 : 0;
            top.at(x, y) = y < 8 ? 255 : 0;
        }
    }
    one.truth = runsFromMask(left);
    one.mask = runsFromMask(top);
    Extremes extremes(1);
    EXPECT_TRUE(contactSheet(extremes)->empty());
    extremes.add({one});
    const auto sheet = contactSheet(extremes);
    std::filesystem::remove(file);
    ASSERT_TRUE(sheet.ok()) << sheet.error().line();
    // Tiles of 160 pixels begin at x = 4, 168 and 332, below a caption.
    const auto green = [&](int x, int y) { return int(sheet->at(x, y)[1]); };
    EXPECT_EQ(green(4 + 80, 20 + 80), 100);
    EXPECT_EQ(green(168 + 40, 20 + 80), (100 + 2 * 200) / 3) << "the left half is the truth";
    EXPECT_EQ(green(168 + 120, 20 + 80), 50);
    EXPECT_EQ(green(332 + 80, 20 + 40), (100 + 2 * 120) / 3) << "the upper half is the mask";
    EXPECT_EQ(green(332 + 80, 20 + 120), 50);
    EXPECT_FALSE(contactSheet(extremes).ok()) << "the picture has gone";
}

}  // namespace
}  // namespace maskwright::eval
