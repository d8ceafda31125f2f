// Where the candidates of "Which one" come from: a button with the sources, and what there is to say of the one in use:
// what it is, its licence, how many masks it gave in how long.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/model/candidates.h"

class QAction;
class QLabel;
class QToolButton;

namespace maskwright::ui {

class CandidateSource : public QWidget {
    Q_OBJECT

  public:
    explicit CandidateSource(Candidates& candidates, QWidget* parent = nullptr);

  Q_SIGNALS:
    // A source that lies in a file or a folder, which is to be asked for.
    void pathWanted(maskwright::session::WhichSource::Kind kind, bool folder);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Choice {
        session::WhichSource::Kind kind = session::WhichSource::Kind::detector;
        bool path = false, folder = false;
        QAction* action = nullptr;
    };
    void add(session::WhichSource::Kind kind, bool path = false, bool folder = false);
    void choose(const Choice& choice);
    void follow();
    [[nodiscard]] QString nameInUse() const;
    [[nodiscard]] QString said() const;
    void retranslate();
    Candidates& candidates_;
    QLabel *title_, *about_;
    QToolButton* button_;
    std::vector<Choice> choices_;
};

}  // namespace maskwright::ui
