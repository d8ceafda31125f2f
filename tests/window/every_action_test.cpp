// Every action of every menu, in the four states that the window can be in: nothing open, a picture with something
// found, a picture with rows, a folder. A table says where an action can be used and what it does; one that says
// nothing leaves everything as it was. An action without a line fails.
#include <QClipboard>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTimer>
#include <functional>
#include <map>
#include <set>
#include <string_view>

#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/folder/folder_view.h"
#include "ui/panels/tool_rail.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

enum class State { nothing, picture, rows, folder };
constexpr std::array kStates{State::nothing, State::picture, State::rows, State::folder};
constexpr std::array<const char*, 4> kStateNames{"nothing", "picture", "rows", "folder"};
const std::set<State> kAll(kStates.begin(), kStates.end()), kFound{State::picture, State::rows},
    kSaveable{State::picture, State::rows, State::folder};

// Answers whatever asks: a file dialog gets `file`, or is turned away where there is none, everything else is closed.
class Answerer : public QObject {
  public:
    explicit Answerer(const QWidget* window) : window_(window) {
        timer_.setInterval(1);
        connect(&timer_, &QTimer::timeout, this, &Answerer::look);
        timer_.start();
    }
    QString file;                   // for the next file dialog
    std::vector<QString> answered;  // the dialogs' classes

  private:
    void look() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (dialog == nullptr || !dialog->isVisible()) {
                continue;
            }
            auto* files = qobject_cast<QFileDialog*>(dialog);
            if (files != nullptr && !file.isEmpty()) {
                files->selectFile(file);
                file.clear();
                QMetaObject::invokeMethod(files, "accept");
            } else {
                dialog->reject();
            }
            answered.emplace_back(QString::fromLatin1(dialog->metaObject()->className()));
        }
    }
    const QWidget* window_;
    QTimer timer_;
};

class EveryAction;
struct Line {
    std::set<State> where;                                  // it can be used
    std::function<void(EveryAction&, State)> effect = {};   // what to expect after it
    std::function<void(EveryAction&, State)> prepare = {};  // before it
};

class EveryAction : public WindowFixture {
  public:
    // What an action that says nothing leaves alone.
    struct Seen {
        QString picture, phrase;
        std::size_t rows = 0, examples = 0;
        bool operator==(const Seen&) const = default;
    };
    [[nodiscard]] Seen seen() const {
        const Document& document = window_->document();
        return {document.picture().key, document.search().phrase, document.rows().size(),
                document.search().supports.size()};
    }
    [[nodiscard]] MainWindow& window() const { return *window_; }
    [[nodiscard]] Canvas& view() const { return canvas(); }
    [[nodiscard]] PhraseBox& box() const { return phrase(); }
    [[nodiscard]] Theme& theme() const { return *theme_; }
    [[nodiscard]] Language& language() const { return *language_; }
    [[nodiscard]] QAction& action(const QString& name) const {
        for (QAction* action : all()) {
            if (action->objectName() == name) {
                return *action;
            }
        }
        throw std::runtime_error("no action " + name.toStdString());
    }
    Seen before;
    double scaleBefore = 0;
    std::unique_ptr<Answerer> answerer;
    QTemporaryDir folder;
    FakeInference engine;

    void answerAll() {
        for (std::size_t i = answeredRequests_; i < engine.requests.size(); ++i) {
            const session::Request request = engine.requests[i];
            engine.answer(request, 0.9f);
        }
        answeredRequests_ = engine.requests.size();
    }
    bool answerUntil(const std::function<bool()>& done) {
        return waitFor([&] {
            answerAll();
            return done();
        });
    }

  protected:
    void SetUp() override { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }

    // A window in that state; the one that is there is closed.
    void arrange(State state) {
        TearDown();
        engine.requests.clear();
        answeredRequests_ = 0;
        QGuiApplication::clipboard()->clear();
        open(engine);
        answerAll();
        if (state == State::folder) {
            for (const char* name : {"cat.png", "coffee.png"}) {
                QFile::copy(test::sourceFile("resources/examples/") + name, folder.filePath(name));
            }
            window_->setPhrase("cat");
            window_->openFile(folder.path());
            const auto& names = *window_->findChild<FolderView*>();
            ASSERT_TRUE(answerUntil([&] { return names.names().size() == 2 && action("save").isEnabled(); }));
        } else if (state != State::nothing) {
            openCat();
            window_->setPhrase("cat");
            answerAll();
            if (state == State::rows) {
                QTest::keyClick(&phrase(), Qt::Key_Return);
                window_->setPhrase("ear");
                answerAll();
            }
        }
        answerer = std::make_unique<Answerer>(window_.get());
    }
    void TearDown() override {
        answerer.reset();
        WindowFixture::TearDown();
    }
    // Of all menus; those of a menu that lists what there is (recent files, models) are not told apart.
    [[nodiscard]] QList<QAction*> all() const { return leaves(window_->menuBar()->actions()); }
    static QList<QAction*> leaves(const QList<QAction*>& actions) {
        QList<QAction*> found;
        for (QAction* action : actions) {
            if (action->menu() != nullptr) {
                found += leaves(action->menu()->actions());
            } else if (!action->isSeparator() && !action->objectName().startsWith("listed")) {
                found << action;
            }
        }
        return found;
    }
    void tryAll(State state);

  private:
    std::size_t answeredRequests_ = 0;
};

void dialogAsked(EveryAction& t, State) {
    EXPECT_FALSE(t.answerer->answered.empty());
    EXPECT_EQ(t.seen(), t.before);
}

// Into a file of the temporary folder, or, where a folder is shown, given up at the folder's dialog.
Line saves() {
    return {kSaveable,
            [](EveryAction& t, State state) {
                EXPECT_FALSE(t.answerer->answered.empty());
                EXPECT_EQ(t.seen(), t.before);
                const QString path = t.folder.filePath("saved.png");
                EXPECT_TRUE(state == State::folder || waitFor([&] { return QFile::exists(path); }));
                QFile::remove(path);
            },
            [](EveryAction& t, State state) {
                t.answerer->file = state == State::folder ? QString() : t.folder.filePath("saved.png");
            }};
}

Line tool(ToolKind kind) {
    return {kFound, [kind](EveryAction& t, State) {
                EXPECT_EQ(t.window().findChild<ToolRail*>()->current(), kind);
                EXPECT_EQ(t.seen(), t.before);
            }};
}

Line zooms(const std::function<bool(double, double)>& as) {
    return {kFound, [as](EveryAction& t, State) {
                EXPECT_TRUE(as(t.view().view().scale, t.scaleBefore)) << t.scaleBefore;
                EXPECT_EQ(t.seen(), t.before);
            }};
}

Line schemes(Scheme scheme) {
    return {kAll, [scheme](EveryAction& t, State) {
                EXPECT_EQ(t.theme().scheme(), scheme);
                EXPECT_EQ(t.seen(), t.before);
            }};
}

Line speaks(const char* code) {
    return {kAll, [code](EveryAction& t, State) {
                EXPECT_EQ(t.language().code(), code);
                EXPECT_EQ(t.seen(), t.before);
            }};
}

void addFile(std::map<QString, Line>& table) {
    table["open"] = {kAll, dialogAsked};
    table["openFolder"] = {kAll, dialogAsked};
    table["newProject"] = {kAll, [](EveryAction& t, State state) {
                               if (state == State::rows) {
                                   dialogAsked(t, state);  // whether to save them, and it was cancelled
                               } else {
                                   EXPECT_FALSE(t.window().document().hasPicture());
                               }
                           }};
    table["openProject"] = {kAll, dialogAsked};
    table["saveProject"] = {kFound, dialogAsked};
    table["saveProjectAs"] = {kFound, dialogAsked};
    table["findMissingPictures"] = {{}};
    table["save"] = saves();
    for (const char* name : {"saveMask", "saveProbability", "saveCutout", "saveOverlay"}) {
        table[name] = saves();
    }
    table["softEdges"] = {kAll};
    table["copyCutout"] = {
        kFound, [](EveryAction& t, State) {
            EXPECT_TRUE(waitFor([] { return QGuiApplication::clipboard()->image().size() == QSize(451, 300); }));
            EXPECT_EQ(t.seen(), t.before);
        }};
    table["copyMask"] = {
        kFound, [](EveryAction& t, State) {
            EXPECT_TRUE(waitFor([] { return QGuiApplication::clipboard()->image().size() == QSize(451, 300); }));
            EXPECT_TRUE(QGuiApplication::clipboard()->image().allGray());
            EXPECT_EQ(t.seen(), t.before);
        }};
    table["export"] = {kFound, dialogAsked};
    table["importAnnotations"] = {kFound, dialogAsked};
    table["closePicture"] = {kFound, [](EveryAction& t, State) {
                                 EXPECT_FALSE(t.window().document().hasPicture());
                                 EXPECT_EQ(t.box().text(), t.before.phrase) << "what is looked for stays";
                             }};
    // With rows it asks, and that was cancelled.
    table["quit"] = {kAll, [](EveryAction& t, State state) {
                         EXPECT_EQ(t.window().isVisible(), state == State::rows);
                         EXPECT_NE(t.answerer->answered.empty(), state == State::rows);
                     }};
}

void addEdit(std::map<QString, Line>& table) {
    table["undo"] = {{State::picture, State::rows, State::folder}, [](EveryAction& t, State) {
                         EXPECT_EQ(t.seen().phrase, "");
                         EXPECT_EQ(t.seen().rows, t.before.rows);
                         EXPECT_EQ(t.box().text(), "");
                     }};
    table["redo"] = {{State::picture, State::rows, State::folder},
                     [](EveryAction& t, State state) {
                         EXPECT_EQ(t.seen().phrase, state == State::rows ? "ear" : "cat");
                         EXPECT_EQ(t.seen().rows, t.before.rows);
                     },
                     [](EveryAction& t, State) { t.action("undo").trigger(); }};
    table["paste"] = {kAll,
                      [](EveryAction& t, State) {
                          EXPECT_TRUE(waitFor([&] {
                              return t.window().document().hasPicture() &&
                                     t.window().document().picture().image->width == 31;
                          }));
                          EXPECT_EQ(t.seen().phrase, t.before.phrase);
                      },
                      [](EveryAction&, State) {
                          QImage image(31, 17, QImage::Format_RGB32);
                          image.fill(Qt::darkGreen);
                          QGuiApplication::clipboard()->setImage(image);
                      }};
    table["focusPhrase"] = {kAll, [](EveryAction& t, State) {
                                EXPECT_TRUE(t.box().hasFocus());
                                EXPECT_EQ(t.seen(), t.before);
                            }};
    table["whichOne"] = {kAll, [](EveryAction& t, State) {
                             EXPECT_TRUE(t.window().candidates().on());
                             EXPECT_EQ(t.seen(), t.before);
                         }};
    table["nextCandidate"] = {{}};
    table["previousCandidate"] = {{}};
}

// What each does to a mask: correct_test.cpp.
void addCorrect(std::map<QString, Line>& table) {
    for (const char* name : {"correctFillHoles", "correctLargestPart", "correctDropSpecks", "correctGrow",
                             "correctShrink", "correctSmooth"}) {
        table[name] = {kFound, [](EveryAction& t, State) {
                           EXPECT_TRUE(waitFor([&] { return t.action("correctInvert").isEnabled(); }));
                           EXPECT_EQ(t.seen().picture, t.before.picture);
                           EXPECT_EQ(t.seen().phrase, t.before.phrase);
                       }};
    }
    table["correctInvert"] = {kFound, [](EveryAction& t, State) {
                                  EXPECT_TRUE(waitFor([&] { return t.action("correctRemove").isEnabled(); }));
                                  EXPECT_EQ(t.seen().rows, t.before.rows + 1) << "what was typed is kept";
                              }};
    table["correctRemove"] = {
        kFound,
        [](EveryAction& t, State) {
            EXPECT_FALSE(t.action("correctRemove").isEnabled());
            EXPECT_EQ(t.seen(), t.before);
        },
        [](EveryAction& t, State state) {
            t.action("correctInvert").trigger();
            EXPECT_TRUE(!kFound.contains(state) || waitFor([&] { return t.action("correctRemove").isEnabled(); }));
        }};
}

void addView(std::map<QString, Line>& table) {
    table["nextPicture"] = {kAll};  // there is one picture
    table["previousPicture"] = {kAll};
    table["zoomIn"] = zooms([](double now, double before) { return now > before; });
    table["zoomOut"] = zooms([](double now, double before) { return now < before; });
    table["fit"] = zooms([](double now, double before) { return now == before; });
    table["actualSize"] = zooms([](double now, double) { return now == 1; });
    table["showMask"] = {kFound, [](EveryAction& t, State) {
                             const QImage without = t.view().grab().toImage();
                             t.action("showMask").trigger();
                             EXPECT_NE(t.view().grab().toImage(), without);
                             EXPECT_EQ(t.seen(), t.before);
                         }};
    table["sidebar"] = {kAll, [](EveryAction& t, State) {
                            EXPECT_FALSE(t.window().findChild<QWidget*>("sidebar")->isVisible());
                            EXPECT_EQ(t.seen(), t.before);
                        }};
    table["fullScreen"] = {kAll, [](EveryAction& t, State) {
                               EXPECT_TRUE(t.window().isFullScreen());
                               t.action("fullScreen").trigger();
                               EXPECT_FALSE(t.window().isFullScreen());
                               EXPECT_EQ(t.seen(), t.before);
                           }};
    table["schemeSystem"] = schemes(Scheme::system);
    table["schemeLight"] = schemes(Scheme::light);
    table["schemeDark"] = schemes(Scheme::dark);
    table["languageSystem"] = speaks("");
    table["languageen"] = speaks("en");
    table["languageko"] = speaks("ko");
}

// What each looks like: views_test.cpp.
void addMaskViews(std::map<QString, Line>& table) {
    for (const char* name : {"viewTint", "viewOutline", "viewSpotlight", "viewMask", "viewCutout", "viewHeat"}) {
        // The mask alone and the cutout are a picture's.
        const bool ofPicture = std::string_view(name) == "viewMask" || std::string_view(name) == "viewCutout";
        table[name] = {ofPicture ? kFound : kAll, [name](EveryAction& t, State) {
                           EXPECT_TRUE(t.action(name).isChecked());
                           EXPECT_EQ(t.seen(), t.before);
                       }};
    }
    table["beforeAndAfter"] = {kFound, [](EveryAction& t, State state) {
                                   EXPECT_EQ(t.window().findChild<QWidget*>("split")->isVisible(),
                                             kFound.contains(state));
                                   EXPECT_EQ(t.seen(), t.before);
                               }};
    table["navigator"] = {kAll, [](EveryAction& t, State) {
                              t.view().zoomTo(8);
                              EXPECT_FALSE(t.window().findChild<QWidget*>("navigator")->isVisible());
                              EXPECT_EQ(t.seen(), t.before);
                          }};
}

void addRest(std::map<QString, Line>& table) {
    table["tool-pan"] = tool(ToolKind::pan);
    table["tool-rectangle"] = tool(ToolKind::rectangle);
    table["tool-lasso"] = tool(ToolKind::lasso);
    table["tool-brush"] = tool(ToolKind::brush);
    table["tool-eraser"] = tool(ToolKind::eraser);
    table["tool-object"] = tool(ToolKind::object);
    table["tool-marker"] = tool(ToolKind::marker);
    table["tool-polygon"] = tool(ToolKind::polygon);
    table["tool-pick"] = tool(ToolKind::pick);
    table["openModel"] = {kAll, dialogAsked};
    table["models"] = {kAll, [](EveryAction& t, State state) {
                           EXPECT_TRUE(waitFor([&] { return !t.answerer->answered.empty(); }));  // it is not modal
                           dialogAsked(t, state);
                       }};
    for (const char* name : {"settings", "shortcuts", "log", "about"}) {
        table[name] = {kAll, dialogAsked};
    }
}

const std::map<QString, Line>& table() {
    static const std::map<QString, Line> lines = [] {
        std::map<QString, Line> made;
        addFile(made);
        addEdit(made);
        addCorrect(made);
        addView(made);
        addMaskViews(made);
        addRest(made);
        return made;
    }();
    return lines;
}

void EveryAction::tryAll(State state) {
    bool fresh = false;
    for (const auto& [name, line] : table()) {
        SCOPED_TRACE(name.toStdString() + " with " + kStateNames[std::size_t(state)]);
        if (!fresh) {
            arrange(state);
        }
        if (line.prepare) {
            line.prepare(*this, state);
        }
        before = seen();
        scaleBefore = view().view().scale;
        QAction& wanted = action(name);
        const bool usable = line.where.contains(state);
        EXPECT_EQ(wanted.isEnabled(), usable);
        wanted.trigger();
        QCoreApplication::processEvents();
        if (usable && line.effect) {
            ASSERT_NO_THROW(line.effect(*this, state));
        } else {
            EXPECT_EQ(seen(), before);
        }
        fresh = !usable && !line.prepare;
    }
}

TEST_F(EveryAction, HasALineInTheTable) {
    arrange(State::picture);
    std::set<QString> there, told;
    for (const QAction* action : all()) {
        EXPECT_FALSE(action->objectName().isEmpty()) << action->text().toStdString() << ": name it in action_names.cpp";
        EXPECT_TRUE(there.insert(action->objectName()).second) << action->objectName().toStdString() << " twice";
        EXPECT_TRUE(table().contains(action->objectName()))
            << "no line for " << action->objectName().toStdString() << ", “" << action->text().toStdString() << "”";
    }
    for (const auto& [name, line] : table()) {
        EXPECT_TRUE(there.contains(name)) << name.toStdString() << " is in no menu";
    }
}

TEST_F(EveryAction, WithNothingOpen) { tryAll(State::nothing); }
TEST_F(EveryAction, WithAPicture) { tryAll(State::picture); }
TEST_F(EveryAction, WithRows) { tryAll(State::rows); }
TEST_F(EveryAction, WithAFolder) { tryAll(State::folder); }

}  // namespace
}  // namespace maskwright::ui
