#include "ui/folder/folder_masks.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"

namespace maskwright::ui {
namespace {

constexpr int kAhead = 3;  // pictures in memory: one decoded, one with the engine, one being written

// "cat-mask.png" -> "cat-mask-2.png", the first that is not taken.
template <class Taken>
QString freeName(const QString& path, const Taken& taken) {
    const QFileInfo info(path);
    QString name = path;
    for (int i = 2; taken(name); ++i) {
        name = info.dir().filePath(QStringLiteral("%1-%2.%3").arg(info.completeBaseName()).arg(i).arg(info.suffix()));
    }
    return name;
}

QString cell(QString text) {
    if (!text.contains(QRegularExpression(QStringLiteral("[,\"\r\n]")))) {
        return text;
    }
    return QStringLiteral("\"%1\"").arg(text.replace('"', QStringLiteral("\"\"")));
}

}  // namespace

FolderMasks::FolderMasks(Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

QStringList FolderMasks::targets(const QStringList& pictures, const QString& folder, SaveKind kind) {
    QStringList all;
    QSet<QString> used;
    for (const QString& picture : pictures) {
        QString target = suggestedPath(picture, QFileInfo(picture).fileName(), kind, folder);
        if (used.contains(target)) {
            // cat.png and cat.jpg: the second keeps its ending in the name.
            target = suggestedPath(picture, QFileInfo(picture).fileName().replace('.', '-') + QStringLiteral(".png"),
                                   kind, folder);
        }
        target = freeName(target, [&](const QString& name) { return used.contains(name); });
        used.insert(target);
        all << target;
    }
    return all;
}

QString FolderMasks::freeReportPath() const {
    return freeName(QDir(job_.folder).filePath(QStringLiteral("masks-report.csv")),
                    [](const QString& name) { return QFileInfo::exists(name); });
}

int FolderMasks::taken(const QStringList& targets) {
    return int(std::count_if(targets.begin(), targets.end(), [](const QString& t) { return QFileInfo::exists(t); }));
}

void FolderMasks::start(FolderMasksJob job) {
    cancel();
    ++run_;
    job_ = std::move(job);
    prompt_ = job_.search.prompt();
    engine_ = jobs_.engine();
    targets_ = targets(job_.pictures, job_.folder, job_.kind);
    if (job_.existing == Existing::keepBoth) {
        QSet<QString> wanted(targets_.begin(), targets_.end());
        for (QString& target : targets_) {
            if (QFileInfo::exists(target)) {
                target = freeName(
                    target, [&](const QString& name) { return QFileInfo::exists(name) || wanted.contains(name); });
                wanted.insert(target);
            }
        }
    }
    lines_.assign(std::size_t(job_.pictures.size()), {});
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        lines_[i].picture = job_.pictures[qsizetype(i)];
    }
    next_ = finished_ = 0;
    running_ = true;
    clock_.start();
    Q_EMIT changed();
    next();
}

void FolderMasks::cancel() {
    if (running_) {
        running_ = false;
        ++run_;
        jobs_.drop(this);
        Q_EMIT ended(true);
    }
}

int FolderMasks::saved() const {
    return int(std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return !line.mask.isEmpty(); }));
}

int FolderMasks::failed() const {
    return int(std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return line.error.has_value(); }));
}

double FolderMasks::secondsLeft() const {
    if (finished_ == 0 || !running_) {
        return -1;
    }
    return double(clock_.elapsed()) / 1000 / finished_ * (int(lines_.size()) - finished_);
}

QString FolderMasks::report() const {
    QString text = QStringLiteral("picture,mask,best match,share of the picture,problem\n");
    for (const FolderMasksLine& line : lines_) {
        if (!line.settled) {
            continue;
        }
        const bool known = line.presence >= 0;
        const QString problem = line.error     ? errorLine(*line.error)
                                : line.skipped ? tr("there already, left alone")
                                               : QString();
        // Assembled, not filled in with arg(): names may hold a %1.
        text += cell(line.picture) + ',' + cell(line.mask) + ',' +
                (known ? QString::number(line.presence, 'f', 4) : QString()) + ',' +
                (known ? QString::number(line.area, 'f', 4) : QString()) + ',' + cell(problem) + '\n';
    }
    return text;
}

void FolderMasks::next() {
    while (running_ && next_ < int(lines_.size()) && next_ - finished_ < kAhead) {
        const int index = next_++;
        FolderMasksLine& line = lines_[std::size_t(index)];
        if (job_.existing == Existing::skip && QFileInfo::exists(targets_[index])) {
            line.skipped = true;
            mark(index);
            continue;
        }
        inBackground(
            this,
            [path = line.picture]() -> Result<std::shared_ptr<const Image>> {
                auto picture = image_io::read(path.toStdString());
                if (!picture) {
                    return picture.error();
                }
                return std::make_shared<const Image>(std::move(picture->image));
            },
            [this, index, run = run_](const Result<std::shared_ptr<const Image>>& decoded) {
                if (run != run_) {
                    return;
                }
                if (decoded) {
                    ask(index, *decoded);
                } else {
                    lines_[std::size_t(index)].error = decoded.error();
                    settle(index);
                }
            });
    }
    if (running_ && finished_ == int(lines_.size())) {
        running_ = false;
        Q_EMIT ended(false);
    }
}

void FolderMasks::ask(int index, const std::shared_ptr<const Image>& image) {
    session::Request request;
    request.engine = engine_;
    request.image = image;
    request.prompts = {prompt_};
    jobs_.run(this, std::move(request), [this, index, run = run_](const std::shared_ptr<const Finding>& finding) {
        if (run != run_) {
            return;
        }
        const session::Reply& answer = finding->answer;
        if (answer.error || answer.maps.empty() || !answer.maps.front()) {
            lines_[std::size_t(index)].error =
                answer.error.value_or(Error{ErrorKind::resource, "the engine gave no mask", ""});
            settle(index);
        } else {
            write(index, finding);
        }
    });
}

void FolderMasks::write(int index, const std::shared_ptr<const Finding>& finding) {
    SaveJob save;
    save.path = targets_[index];
    save.kind = job_.kind;
    save.image = finding->answer.image;
    save.map = finding->answer.maps.front();
    save.style = job_.style;
    save.phrase = job_.search.phrase.trimmed();
    save.model = QString::fromStdString(finding->answer.model.name);
    FolderMasksLine& line = lines_[std::size_t(index)];
    line.presence = finding->answer.presence.empty() ? 0 : double(finding->answer.presence.front());
    const auto threshold = float(job_.style.threshold);
    const auto& pixels = save.map->pixels;
    const auto above = std::count_if(pixels.begin(), pixels.end(), [threshold](float p) { return p > threshold; });
    line.area = pixels.empty() ? 0 : double(above) / double(pixels.size());
    inBackground(
        this,
        [save, replace = job_.existing == Existing::replace]() -> Result<void> {
            if (!replace && QFileInfo::exists(save.path)) {
                // It came while the others were being searched.
                return Error{ErrorKind::output, message("%1 is there already", save.path.toStdString()),
                             "choose another name"};
            }
            return writeJob(save);
        },
        [this, index, path = save.path, run = run_](const Result<void>& done) {
            if (run != run_) {
                return;
            }
            if (done) {
                lines_[std::size_t(index)].mask = path;
            } else {
                lines_[std::size_t(index)].error = done.error();
            }
            settle(index);
        });
}

void FolderMasks::mark(int index) {
    lines_[std::size_t(index)].settled = true;
    ++finished_;
    Q_EMIT changed();
}

void FolderMasks::settle(int index) {
    mark(index);
    next();
}

}  // namespace maskwright::ui
