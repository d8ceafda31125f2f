// The document on the project's history: what it does is the project's, and can be undone and done again to the byte.
#include <gtest/gtest.h>

#include <random>

#include "core/image/run_ops.h"
#include "core/image_io/image_io.h"
#include "core/project/format.h"
#include "tests/support/event_loop.h"
#include "ui/canvas/region_shapes.h"
#include "ui/model/document.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 40, kHeight = 30;

OpenPicture picture(int number) {
    OpenPicture open;
    open.path = open.key = QStringLiteral("/pictures/%1.png").arg(number);
    open.name = QStringLiteral("%1.png").arg(number);
    auto image = std::make_shared<Image>(kWidth, kHeight);
    image->pixels[0] = std::uint8_t(number);
    open.image = image;
    std::string hash(64, '0');
    hash.back() = char('0' + number);
    open.file = {open.path.toStdString(), hash, 1000, kWidth, kHeight};
    return open;
}

// Does something by chance, as a person at the window would.
class AnyAction {
  public:
    AnyAction(Document& document, unsigned seed) : document_(document), random_(seed) {}
    int below(int count) { return int(random_() % unsigned(count)); }

    void operator()() {
        const auto& rows = document_.rows();
        if (below(8) == 0) {
            document_.selectRow(rows.empty() || below(3) == 0 ? QString() : anyRow());
        }
        if (rows.empty() || below(4) == 0) {
            ofSearch();
        } else {
            ofRow(anyRow());
        }
        if (below(10) == 0) {
            document_.endMerge();
        }
    }
    void turnPage(int count) { document_.setPicture(picture(below(count))); }

  private:
    QString anyRow() { return document_.rows()[std::size_t(below(int(document_.rows().size())))].id; }
    QString word() { return QString(1 + below(6), QChar(u'가' + below(500))); }
    project::RunsPtr runs() {
        const int x = below(20), y = below(15);
        Mask mask = rectangleMask(kWidth, kHeight, QPointF(x, y), QPointF(x + 1 + below(15), y + 1 + below(10)));
        return std::make_shared<const Runs>(runsFromMask(mask));
    }
    Support example() {
        Support made;
        made.id = QString::number(random_());
        made.name = word();
        made.image = document_.picture().image;
        made.region = std::make_shared<const Region>(runs());
        made.negative = below(4) == 0;
        return made;
    }
    void ofSearch() {
        switch (below(6)) {
            case 0:
                document_.keepRow(document_.nextColour(below(5)));
                return;
            case 1:
                document_.edit("threshold", "threshold", [&](Search& s) {
                    s.threshold = below(4) == 0 ? std::nullopt : std::optional(below(100) / 100.0);
                });
                return;
            case 2:
                document_.edit("add", {}, [&](Search& s) { s.supports.push_back(example()); });
                return;
            case 3:
                document_.edit("examples", "weight", [&](Search& s) { ofExamples(s.supports); });
                return;
            case 4:
                document_.edit("mixture", "mix", [&](Search& s) {
                    s.mix = below(11) / 10.0;
                    s.style.context = below(10) / 10.0;
                    s.negativePhrase = word();
                });
                return;
            default:
                document_.setPhrase(below(6) == 0 ? QString() : word());
        }
    }
    void ofExamples(std::vector<Support>& all) {
        if (all.empty()) {
            return;
        }
        const auto at = all.begin() + below(int(all.size()));
        switch (below(4)) {
            case 0:
                all.erase(at);
                break;
            case 1:
                std::rotate(all.begin(), at, all.end());
                break;
            case 2:
                at->region = std::make_shared<const Region>(runs());
                break;
            default:
                at->weight = below(5);
                at->enabled = below(3) != 0;
        }
    }
    void ofRow(const QString& id) {
        switch (below(9)) {
            case 0:
                document_.removeRow(id);
                return;
            case 1:
                document_.moveRow(id, below(9) - 4);
                return;
            case 2:
                document_.soloRow(id);
                return;
            case 3:
                document_.editRow(id, "colour", "colour", [&](Row& row) {
                    row.colour = {std::uint8_t(below(256)), 1, 2};
                });
                return;
            case 4:
                document_.editRow(id, "stroke", {}, [&](Row& row) {
                    row.correction.added = runs();
                    row.correction.removed = std::make_shared<const Runs>(without(*runs(), *row.correction.added));
                });
                return;
            case 5:
                document_.editRow(id, "object", {}, [&](Row& row) { row.object = below(2) == 0 ? runs() : nullptr; });
                return;
            case 6:
                document_.editRow(id, "edges", {}, [&](Row& row) {
                    row.search.refine = !row.search.refine;
                    row.search.refineRadius = 1 + below(20);
                });
                return;
            case 7:
                document_.editRow(id, "several", {}, [&](Row& row) {
                    row.name = word();
                    row.visible = !row.visible;
                    row.search.phrase = word();
                });
                return;
            default:
                document_.editRow(id, "name", "name", [&](Row& row) { row.name = word(); });
        }
    }
    Document& document_;
    std::mt19937 random_;
};

std::string textOf(const Document& document) { return project::textOf(document.project(), "/"); }

// What is handed out is the project's.
void expectTheProjects(const Document& document, int step) {
    const project::Picture* picture = document.project().picture(document.pictureId());
    ASSERT_EQ(document.rows().size(), picture == nullptr ? 0 : picture->rows.size()) << step;
    for (std::size_t i = 0; i < document.rows().size(); ++i) {
        const Row& row = document.rows()[i];
        const project::Row& its = *picture->rows[i];
        ASSERT_EQ(row.search.phrase.toStdString(), its.question.phrase) << step;
        ASSERT_EQ(row.search.supports.size(), its.examples.size()) << step;
        ASSERT_EQ(row.visible, its.visible) << step;
        ASSERT_EQ(row.correction, its.correction) << step;
    }
}

TEST(DocumentHistory, TenThousandEditsUndoneAndRedoneGiveTheSameBytes) {
    constexpr int kPictures = 4;
    const unsigned seed = 20261127;
    RecordProperty("seed", int(seed));
    SCOPED_TRACE(seed);
    Document document;
    project::Project journal;  // what somebody who heard of every edit has
    QObject::connect(&document, &Document::edited, [&](const project::Edit& edit) {
        const auto applied = project::apply(journal, edit);
        ASSERT_TRUE(applied) << applied.error().line();
        journal = applied->project;
    });
    QObject::connect(&document, &Document::refused, [](const Error& error) { ADD_FAILURE() << error.line(); });
    // Opened once all, so that none begins with another's rows: that is no step, and stays.
    for (int i = 0; i < kPictures; ++i) {
        document.setPicture(picture(i));
    }
    const std::string start = textOf(document);
    AnyAction any(document, seed);
    for (int i = 0; i < 10'000; ++i) {
        any();
        if (any.below(25) == 0) {
            any.turnPage(kPictures);
        }
        if (any.below(10) == 0) {  // back and forth on the way
            const std::string here = textOf(document);
            int steps = 0;
            for (int back = any.below(6); back > 0 && document.canUndo(); --back, ++steps) {
                document.undo();
            }
            for (const bool all = any.below(3) != 0; steps > 0 && (all || any.below(2) == 0); --steps) {
                document.redo();
            }
            if (steps == 0) {
                ASSERT_EQ(textOf(document), here) << i;
            }
        }
        if (i % 100 == 0) {
            expectTheProjects(document, i);
            ASSERT_EQ(journal, document.project()) << i;
        }
    }
    const std::string end = textOf(document);
    ASSERT_NE(end, start);
    ASSERT_GT(document.history().steps(), 3'000u);
    while (document.canUndo()) {
        document.undo();
    }
    EXPECT_EQ(textOf(document), start);
    EXPECT_TRUE(document.clean());
    EXPECT_TRUE(document.rows().empty());
    while (document.canRedo()) {
        document.redo();
    }
    EXPECT_EQ(textOf(document), end);
    EXPECT_FALSE(document.clean());
    EXPECT_EQ(journal, document.project());
}

TEST(DocumentHistory, AProjectIsTakenWholeAndItsRowsAreThoseOfItsPictures) {
    Document first;
    first.setPicture(picture(1));
    first.setPhrase("cat");
    first.keepRow({1, 2, 3});
    first.setPhrase("dog");
    ASSERT_NE(first.pictureId(), 0u);

    Document document;
    document.setPicture(picture(1));
    document.setPhrase("bird");
    document.setProject(first.project(), true);
    EXPECT_EQ(textOf(document), textOf(first));
    EXPECT_TRUE(document.clean());
    EXPECT_FALSE(document.canUndo());
    EXPECT_EQ(document.search().phrase, "dog");
    ASSERT_EQ(document.rows().size(), 1u);
    EXPECT_EQ(document.rows()[0].title(), "cat");
    document.removeRow(document.rows()[0].id);
    EXPECT_FALSE(document.clean());
    EXPECT_EQ(document.undoName(), "remove “cat”");
    document.undo();
    EXPECT_TRUE(document.clean());
    EXPECT_EQ(document.redoName(), "remove “cat”");
    document.setProject(first.project(), false);
    EXPECT_FALSE(document.clean());
}

// Three pictures, of which the first has the row "cat".
class Lent : public testing::Test {
  protected:
    Lent() {
        document_.setPicture(picture(1));
        document_.setPhrase("cat");
        document_.keepRow({1, 2, 3});
        document_.setClean();
        QObject::connect(&document_, &Document::edited, [this](const project::Edit& edit) {
            ++edits_;
            const auto applied = project::apply(journal_, edit);
            ASSERT_TRUE(applied) << applied.error().line();
            journal_ = applied->project;
        });
        journal_ = before_ = document_.project();
    }
    void expectUntouched() {
        EXPECT_TRUE(document_.clean());
        EXPECT_EQ(document_.project(), before_);
        EXPECT_EQ(edits_, 0);
    }
    // That the open picture has its row in the project.
    void expectKept(std::size_t rows = 1) {
        EXPECT_FALSE(document_.lent());
        EXPECT_FALSE(document_.clean());
        ASSERT_EQ(document_.project().pictures.size(), 2u);
        EXPECT_EQ(document_.project().pictures[1]->file.path, document_.picture().file.path);
        EXPECT_EQ(document_.project().pictures[1]->rows.size(), rows);
        EXPECT_EQ(document_.project(), journal_);
    }
    QString cat() { return document_.rows().at(0).id; }
    Document document_;
    project::Project before_, journal_;
    int edits_ = 0;
};

TEST_F(Lent, WhoLooksAtPicturesChangesNothing) {
    for (const int page : {2, 3, 2, 1, 3}) {
        document_.setPicture(picture(page));
        ASSERT_EQ(document_.rows().size(), 1u) << page;
        EXPECT_EQ(document_.rows()[0].title(), "cat");
        EXPECT_EQ(document_.lent(), page != 1);
        document_.selectRow(cat());
        document_.selectRow({});
    }
    expectUntouched();
    EXPECT_EQ(document_.projectShown().pictures.size(), 2u);
    EXPECT_EQ(document_.projectShown().picture(document_.pictureId())->rows.size(), 1u);
}

TEST_F(Lent, WhatIsChangedIsKeptInOneStepThatUndoTakesBack) {
    document_.setPicture(picture(2));
    document_.selectRow(cat());
    for (const double value : {0.2, 0.3, 0.4}) {
        document_.edit("threshold", "threshold", [value](Search& search) { search.threshold = value; });
    }
    expectKept();
    document_.undo();
    EXPECT_TRUE(document_.clean());
    EXPECT_EQ(document_.project(), before_);
    ASSERT_EQ(document_.rows().size(), 1u) << "it is lent again";
    EXPECT_FALSE(document_.search().threshold);
    document_.redo();
    expectKept();
    EXPECT_EQ(document_.row(cat())->search.threshold, 0.4);
    document_.setPicture(picture(1));
    EXPECT_FALSE(document_.row(cat())->search.threshold) << "each picture has its own";
    // The next picture begins with what was changed last; what was taken back lends nothing.
    document_.undo();
    document_.setPicture(picture(3));
    EXPECT_TRUE(document_.lent());
    EXPECT_FALSE(document_.row(cat())->search.threshold);
}

TEST_F(Lent, EveryWayToKeepThem) {
    document_.setPicture(picture(2));
    document_.setPhrase("dog");
    EXPECT_TRUE(document_.lent()) << "what is typed is of no picture";
    document_.keepRow({4, 5, 6});
    expectKept(2);
    document_.undo();
    EXPECT_TRUE(document_.lent());
    document_.setPhrase({});

    document_.selectRow(cat());
    document_.keepRow({4, 5, 6});
    expectKept();
    EXPECT_EQ(document_.undoName(), "keep “cat”");
    document_.undo();
    EXPECT_TRUE(document_.lent());

    document_.removeRow(cat());
    expectKept(0);
    document_.undo();
    EXPECT_EQ(document_.rows().size(), 1u);

    document_.keepLent();
    expectKept();
    EXPECT_FALSE(document_.canRedo()) << "what was taken back has them too";
    document_.undo();
    EXPECT_TRUE(document_.lent());
    EXPECT_EQ(document_.project(), journal_);
}

TEST(DocumentHistory, APictureOpenedForTheFirstTimeHasTheRowsOfTheOneBeforeAndTheyAreItsOwn) {
    Document document;
    document.setPicture(picture(1));
    document.setPhrase("cat");
    document.keepRow({1, 2, 3});
    const QString cat = document.rows()[0].id;
    document.editRow(cat, "stroke", {}, [](Row& row) {
        row.correction.added = std::make_shared<const Runs>(runsFromMask(Mask(kWidth, kHeight, 255)));
    });
    document.undo();
    document.setPicture(picture(2));
    EXPECT_TRUE(document.canRedo()) << "looking at a picture takes nothing away from the history";
    ASSERT_EQ(document.project().pictures.size(), 1u) << "and is no change";
    EXPECT_EQ(document.rows().at(0).id, cat) << "what is in hand stays in hand";
    document.editRow(cat, "name", {}, [](Row& row) { row.name = "Tom"; });
    document.setPicture(picture(1));
    EXPECT_EQ(document.rows().at(0).title(), "cat");
    document.setPicture(picture(2));
    EXPECT_EQ(document.rows().at(0).title(), "Tom");
}

TEST(DocumentHistory, AnExamplesPictureIsReadWhenAProjectIsOpened) {
    const std::string path = ::testing::TempDir() + "document_example.png";
    Image pixels(kWidth, kHeight);
    pixels.pixels[7] = 99;
    ASSERT_TRUE(image_io::writeImage(path, pixels));
    Document first;
    OpenPicture open = picture(1);
    open.file.path = path;
    first.setPicture(open);
    Support support;
    support.id = "one";
    support.name = "Tom";
    support.image = open.image;
    support.region = std::make_shared<const Region>(rectangleMask(kWidth, kHeight, {10, 10}, {15, 12}));
    first.edit("add", {}, [&](Search& s) { s.supports = {support}; });
    ASSERT_TRUE(first.project().draft);
    EXPECT_EQ(first.project().draft->examples.at(0)->picture.path, path);

    Document document;
    document.setProject(first.project(), true);
    ASSERT_EQ(document.search().supports.size(), 1u);
    EXPECT_EQ(document.search().supports[0].name, "Tom");
    EXPECT_TRUE(document.search().empty()) << "it asks nothing while it is being read";
    ASSERT_TRUE(waitFor([&] { return document.search().supports[0].image != nullptr; }));
    EXPECT_EQ(*document.search().supports[0].image, pixels);
    EXPECT_FALSE(document.search().empty());
    EXPECT_TRUE(document.clean());

    std::remove(path.c_str());
    Document without;
    without.setProject(first.project(), true);
    ASSERT_TRUE(waitFor([&] { return without.search().supports[0].missing; }));
    EXPECT_TRUE(without.search().empty());
    EXPECT_TRUE(without.search().prompt().regions.empty());
    EXPECT_EQ(textOf(without), textOf(first)) << "what is missing stays in the project";
}

}  // namespace
}  // namespace maskwright::ui
