// Projects for tests, and edits by chance that fit them.
#pragma once

#include <random>

#include "core/image/run_ops.h"
#include "core/project/history.h"

namespace maskwright::project {

inline PictureFile fileOf(int number, int width = 40, int height = 30) {
    std::string hash(64, '0');
    hash.replace(0, std::to_string(number).size(), std::to_string(number));
    return {"/pictures/" + std::to_string(number) + ".png", hash, 1000, width, height};
}

inline RunsPtr boxRuns(int x, int y, int width, int height, int pictureWidth = 40, int pictureHeight = 30) {
    Mask mask(pictureWidth, pictureHeight);
    for (int row = y; row < y + height; ++row) {
        for (int column = x; column < x + width; ++column) {
            mask.at(column, row) = 255;
        }
    }
    return std::make_shared<const Runs>(runsFromMask(mask));
}

inline Project someProject() {
    Example example{5, "Tom", fileOf(9), boxRuns(1, 2, 3, 4), 2, true, false};
    Row cat{3,
            "",
            {"cat", "dog", 0.25, 2, true, {}},
            {std::make_shared<const Example>(example)},
            nullptr,
            {255, 46, 126},
            true,
            {Threshold::Kind::value, 0.37},
            false,
            12.5,
            {boxRuns(0, 0, 4, 4), boxRuns(10, 10, 5, 5)}};
    Row object{4, "the \"left\" one, \xec\x99\xbc\xec\xaa\xbd", {}, {}, boxRuns(20, 5, 7, 9)};
    Picture first{1, fileOf(1), {std::make_shared<const Row>(cat), std::make_shared<const Row>(object)}};
    Picture second{2, fileOf(2), {}};
    Project project;
    project.model = {"mine", "/models/mine", std::string(64, 'a')};
    project.settings.size = 416;
    project.settings.exportKind = "cutout";
    project.pictures = {std::make_shared<const Picture>(first), std::make_shared<const Picture>(second)};
    return project;
}

// Draws an edit that fits the history's project.
class AnyEdit {
  public:
    explicit AnyEdit(unsigned seed) : random_(seed) {}
    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    Edit operator()(History& history) {
        const Project& project = history.project();
        if (project.pictures.empty() || below(30) == 0) {
            return AddPicture{place(),
                              std::make_shared<const Picture>(Picture{history.freshId(), fileOf(below(99)), {}})};
        }
        if (below(12) == 0) {
            return ofDraft(history);
        }
        const Picture& picture = *project.pictures[std::size_t(below(int(project.pictures.size())))];
        if (picture.rows.empty() || below(12) == 0) {
            return ofPicture(history, picture);
        }
        const Row& row = *picture.rows[std::size_t(below(int(picture.rows.size())))];
        return below(3) == 0 ? ofExamples(history, picture.id, row) : ofRow(picture, row);
    }

  private:
    std::size_t place() { return std::size_t(below(5)); }
    std::string word() { return std::string(std::size_t(1 + below(6)), char('a' + below(26))); }
    RunsPtr runs() {
        const int x = below(20), y = below(20);
        return below(4) == 0 ? nullptr : boxRuns(x, y, 1 + below(20), 1 + below(10));
    }
    Edit ofPicture(History& history, const Picture& picture) {
        switch (below(8)) {
            case 0:
                return RemovePicture{picture.id};
            case 1:
                return MovePicture{picture.id, place()};
            case 2:
                return SetPictureFile{picture.id, fileOf(below(99))};
            case 3: {
                Settings settings;
                settings.size = below(500);
                return SetSettings{settings};
            }
            case 4:
                return SetModel{{word(), "/" + word(), ""}};
            default:
                return AddRow{picture.id, place(), std::make_shared<const Row>(Row{history.freshId(), word()})};
        }
    }
    Edit ofDraft(History& history) {
        const RowPtr& draft = history.project().draft;
        if (!draft || below(4) == 0) {
            return SetDraft{below(5) == 0 ? nullptr
                                          : std::make_shared<const Row>(
                                                Row{history.freshId(), "", {word(), "", 0.5, 1, false, {}}})};
        }
        if (below(3) == 0) {
            return SetRowQuestion{0, draft->id, {word(), word(), below(10) / 10.0, 1, below(2) == 0, {}}};
        }
        return ofExamples(history, 0, *draft);
    }
    Edit ofExamples(History& history, Id picture, const Row& row) {
        Example example{history.freshId(), word(), fileOf(below(9)), boxRuns(below(9), 1, 5, 6), double(below(5))};
        if (row.examples.empty() || below(3) == 0) {
            return AddExample{picture, row.id, place(), std::make_shared<const Example>(example)};
        }
        example.id = row.examples.back()->id;
        if (below(2) == 0) {
            return RemoveExample{picture, row.id, example.id};
        }
        return SetExample{picture, row.id, std::make_shared<const Example>(example)};
    }
    Edit ofRow(const Picture& picture, const Row& row) {
        const Id p = picture.id, r = row.id;
        switch (below(11)) {
            case 0:
                return RemoveRow{p, r};
            case 1:
                return MoveRow{p, r, place()};
            case 2:
                return SetRowName{p, r, word()};
            case 3:
                return SetRowColour{p, r, {std::uint8_t(below(256)), 0, 7}};
            case 4:
                return SetRowVisible{p, r, below(2) == 0};
            case 5:
                return SetRowThreshold{p, r, {Threshold::Kind(below(3)), below(100) / 100.0}};
            case 6:
                return SetRowRefine{p, r, below(2) == 0, 1 + below(20) / 2.0};
            case 7:
                return SetRowQuestion{p, r, {word(), word(), below(10) / 10.0, 1, below(2) == 0, {}}};
            case 8:
                return SetRowObject{p, r, runs()};
            case 9: {
                const RunsPtr added = runs(), removed = runs();
                if (added && removed) {
                    return SetRowCorrection{p, r, {added, std::make_shared<const Runs>(without(*removed, *added))}};
                }
                return SetRowCorrection{p, r, {added, removed}};
            }
            default:
                return Together{{SetRowName{p, r, word()}, SetRowVisible{p, r, below(2) == 0}, MoveRow{p, r, place()}}};
        }
    }
    std::mt19937 random_;
};

}  // namespace maskwright::project
