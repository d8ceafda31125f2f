#include "ui/dialogs/compare_styles.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/visual_prompt/engineer.h"
#include "ui/canvas/overlay.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"
#include "ui/widgets/screen_size.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kRow = 92, kThumb = 78;
constexpr int kSeen = 160;  // side of an engineered picture here; a multiple of 16

QString signedPoints(double gain) {
    return (gain >= 0 ? QStringLiteral("+") : QString()) + QLocale().toString(gain, 'f', 1);
}

}  // namespace

// The rows, painted; a click chooses one.
class StyleRows : public QWidget {
  public:
    explicit StyleRows(const std::vector<StyleRow>& rows) : rows_(rows) {
        setMouseTracking(true);
        setCursor(Qt::PointingHandCursor);
        setMinimumWidth(640);
    }
    std::function<void(int)> chosen;
    visual_prompt::Style current;

    void follow() {
        setFixedHeight(int(rows_.size()) * kRow);
        update();
    }

  protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        double most = 1;
        for (const StyleRow& row : rows_) {
            most = std::max(most, std::abs(row.gain.value_or(0)));
        }
        const int first = std::max(event->rect().top() / kRow, 0),
                  last = std::min(event->rect().bottom() / kRow, int(rows_.size()) - 1);
        for (int i = first; i <= last; ++i) {
            paintRow(painter, QRectF(0, i * kRow, width(), kRow), rows_[std::size_t(i)], most, i == hovered_);
        }
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        hovered_ = int(event->position().y()) / kRow;
        update();
    }
    void leaveEvent(QEvent*) override {
        hovered_ = -1;
        update();
    }
    void mouseReleaseEvent(QMouseEvent* event) override {
        const int row = int(event->position().y()) / kRow;
        if (rect().contains(event->position().toPoint()) && row >= 0 && row < int(rows_.size())) {
            chosen(row);
        }
    }

  private:
    void paintRow(QPainter& painter, const QRectF& area, const StyleRow& row, double most, bool hovered) const {
        const Colours& c = Theme::colours();
        const QRectF card = area.adjusted(4, 3, -4, -3);
        const bool mine = row.preset.style == current;
        painter.setPen(QPen(mine ? c.accent : hovered ? c.muted : c.border, mine ? 2 : 1));
        painter.setBrush(c.surface);
        painter.drawRoundedRect(card, 9, 9);
        double x = card.left() + 8;
        for (const QImage* image : {&row.shown, &row.found}) {
            const QRectF frame(x, card.center().y() - kThumb / 2.0, image == &row.shown ? kThumb : kThumb * 1.4,
                               kThumb);
            painter.fillRect(frame, c.canvas);
            if (!image->isNull()) {
                const QSizeF size = QSizeF(image->size()).scaled(frame.size(), Qt::KeepAspectRatio);
                painter.drawImage(QRectF(frame.center().x() - size.width() / 2, frame.center().y() - size.height() / 2,
                                         size.width(), size.height()),
                                  *image);
            }
            x = frame.right() + 8;
        }
        const QRectF right(x + 6, card.top() + 8, card.right() - x - 18, card.height() - 16);
        const double line = right.height() / 3;
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(c.text);
        painter.drawText(QRectF(right.x(), right.y(), right.width(), line), Qt::AlignVCenter,
                         QCoreApplication::translate("maskwright::ui::StylePanel", row.preset.title.c_str()));
        painter.setFont(font());
        painter.setPen(c.muted);
        QString said = row.problem;
        if (said.isEmpty() && row.presence) {
            said = CompareStyles::tr("best match %1 %").arg(QLocale().toString(*row.presence * 100, 'f', 0));
            if (row.preset.paperGain) {
                said +=
                    QStringLiteral("  ·  ") + CompareStyles::tr("paper: %1").arg(signedPoints(*row.preset.paperGain));
            }
        }
        painter.drawText(QRectF(right.x(), right.y() + line, right.width(), line), Qt::AlignVCenter,
                         fontMetrics().elidedText(said, Qt::ElideRight, int(right.width())));
        if (row.gain) {
            paintBar(painter, QRectF(right.x(), right.y() + 2 * line, right.width(), line), *row.gain, most);
        }
    }
    // From a zero line in the middle: better to the right, worse to the left.
    void paintBar(QPainter& painter, const QRectF& area, double gain, double most) const {
        const Colours& c = Theme::colours();
        constexpr double kNumber = 62;
        const QRectF track(area.x(), area.center().y() - 5, area.width() - kNumber, 10);
        const double zero = track.center().x(), end = zero + gain / most * track.width() / 2;
        painter.setPen(Qt::NoPen);
        painter.setBrush(gain >= 0 ? c.accent : c.errorText);
        painter.drawRoundedRect(
            QRectF(QPointF(std::min(zero, end), track.top()), QPointF(std::max(zero, end), track.bottom())), 3, 3);
        painter.setPen(QPen(c.border, 1));
        painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.bottom()));
        painter.setPen(c.text);
        painter.drawText(QRectF(track.right(), area.y(), kNumber, area.height()), Qt::AlignRight | Qt::AlignVCenter,
                         signedPoints(gain));
    }
    const std::vector<StyleRow>& rows_;
    int hovered_ = -1;
};

CompareStyles::CompareStyles(Document& document, Jobs& jobs, const Marks::Shown& object, const QString& name,
                             const output::Appearance& overlay, QWidget* parent)
    : QDialog(parent),
      document_(document),
      jobs_(jobs),
      engine_(jobs.engine()),
      object_(object),
      query_(document.picture().image),
      pyramid_(document.picture().pyramid),
      overlay_(overlay),
      name_(new QLineEdit(name)),
      text_(new QLabel),
      bar_(new QProgressBar),
      view_(new StyleRows(rows_)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Ways of showing an object"));
    resizeOnScreen(*this, {760, 720});
    overlay_.mode = overlay_.mode == output::OverlayMode::heat ? output::OverlayMode::heat : output::OverlayMode::tint;
    for (const auto& preset : visual_prompt::presets()) {
        rows_.push_back({preset, {}, {}, {}, {}, {}});
    }
    text_->setObjectName("muted");
    text_->setWordWrap(true);
    bar_->setTextVisible(false);
    name_->setPlaceholderText(tr("The object's name, for example: cat"));
    name_->setAccessibleName(tr("The marked object is a"));
    auto* ask = new QPushButton(tr("Compare"));
    auto* close = new QPushButton(tr("Close"));
    ask->setDefault(true);
    auto* top = new QHBoxLayout;
    top->addWidget(new QLabel(tr("The marked object is a")));
    top->addWidget(name_, 1);
    top->addWidget(ask);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(view_);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(text_, 1);
    bottom->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(bar_);
    column->addWidget(scroll, 1);
    column->addLayout(bottom);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(ask, &QPushButton::clicked, this, [this] {
        named_ = false;
        if (answered_ == rows_.size()) {
            askNames();
        }
        follow();
    });
    view_->chosen = [this](int row) { take(row); };
    connect(&document_, &Document::searchChanged, this, &CompareStyles::follow);
    askMasks();
    follow();
}

void CompareStyles::askMasks() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        visual_prompt::Style small = rows_[i].preset.style;
        small.size = kSeen;
        inBackground(
            this,
            [object = object_, small] {
                const auto seen = visual_prompt::engineer(*object.image, *object.region, small);
                return seen ? toQImage(*seen) : QImage();
            },
            [this, title = rows_[i].preset.name](const Result<QImage>& seen) {
                for (StyleRow& row : rows_) {
                    if (row.preset.name == title) {
                        row.shown = seen ? *seen : QImage();
                    }
                }
                follow();
            });
        session::Request request;
        request.engine = engine_;
        request.image = query_ ? query_ : object_.image;
        request.refine = false;
        session::Prompt prompt;
        prompt.regions.push_back({object_.image, object_.region, rows_[i].preset.style, 1.0});
        request.prompts.push_back(std::move(prompt));
        jobs_.run(this, std::move(request), [this, i](const std::shared_ptr<const Finding>& finding) {
            StyleRow& row = rows_[i];
            const session::Reply& answer = finding->answer;
            if (answer.error) {
                row.problem = errorText(*answer.error).what;
            } else if (!finding->maps.empty()) {
                row.presence = double(answer.presence.front());
                if (pyramid_ && !pyramid_->levels.empty()) {
                    row.found =
                        pyramid_->levels.back().scaled(kSeen, kSeen, Qt::KeepAspectRatio, Qt::SmoothTransformation);
                    ViewTransform view;
                    view.scale = double(row.found.width()) / finding->maps.front()->full->width;
                    QPainter painter(&row.found);
                    painter.drawImage(0, 0, renderOverlay(*finding->maps.front(), view, row.found.rect(), overlay_));
                }
            }
            if (++answered_ == rows_.size()) {
                askNames();
            }
            follow();
        });
    }
}

void CompareStyles::askNames() {
    const QString name = name_->text().trimmed();
    if (name.isEmpty()) {
        return;
    }
    session::Request request;
    request.engine = engine_;
    request.image = query_ ? query_ : object_.image;
    request.styles = session::StyleQuestion{object_.image, object_.region, name.toStdString()};
    jobs_.run(this, std::move(request), [this](const std::shared_ptr<const Finding>& finding) {
        named_ = true;
        if (finding->answer.error) {
            text_->setText(errorLine(*finding->answer.error));
            return;
        }
        if (!finding->answer.styles) {
            return;
        }
        plain_ = finding->answer.styles->plain;
        for (const session::StyleScore& score : finding->answer.styles->styles) {
            for (StyleRow& row : rows_) {
                if (row.preset.name == score.preset.name) {
                    row.gain = score.skipped.empty() ? std::optional<double>(score.gain) : std::nullopt;
                }
            }
        }
        std::stable_sort(rows_.begin(), rows_.end(), [](const StyleRow& a, const StyleRow& b) {
            return a.gain.value_or(-1000) > b.gain.value_or(-1000);
        });
        follow();
    });
}

void CompareStyles::take(int row) {
    document_.edit(tr("way of showing"), {}, [&](Search& s) { s.style = rows_[std::size_t(row)].preset.style; });
}

void CompareStyles::follow() {
    bar_->setRange(0, int(rows_.size()) + 1);
    bar_->setValue(int(answered_) + (named_ ? 1 : 0));
    bar_->setVisible(answered_ < rows_.size() || (!named_ && !name_->text().trimmed().isEmpty()));
    if (plain_) {
        text_->setText(tr("Bars: change in the probability of “%1”, in percentage points over the plain picture's %2 "
                          "%. A click takes a way over.")
                           .arg(name_->text().trimmed(), QLocale().toString(*plain_ * 100, 'f', 1)));
    } else {
        text_->setText(tr("Left what the model gets, right what it then finds. A click takes a way over."));
    }
    view_->current = document_.search().style;
    view_->follow();
}

}  // namespace maskwright::ui
