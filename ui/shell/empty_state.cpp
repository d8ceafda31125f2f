#include "ui/shell/empty_state.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/models_card.h"
#include "ui/shell/sample_card.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kMargin = 16, kAcross = 12, kDown = 14;  // pixels around all, and between photographs
constexpr int kMostColumns = 3;

}  // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel),
      text_(new QLabel),
      open_(new QPushButton),
      tryTitle_(new QLabel),
      grid_(new QGridLayout) {
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setWeight(QFont::DemiBold);
    title_->setFont(large);
    text_->setObjectName("muted");
    text_->setAlignment(Qt::AlignCenter);
    text_->setWordWrap(true);
    tryTitle_->setObjectName("muted");
    open_->setObjectName("primary");
    open_->setMinimumHeight(36);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(6);
    column->addStretch(3);
    column->addWidget(title_, 0, Qt::AlignCenter);
    column->addWidget(text_);
    column->addSpacing(8);
    column->addWidget(open_, 0, Qt::AlignCenter);
    column->addSpacing(22);
    column->addWidget(tryTitle_, 0, Qt::AlignCenter);
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addLayout(grid_);
    middle->addStretch();
    grid_->setHorizontalSpacing(kAcross);
    grid_->setVerticalSpacing(kDown);
    const auto list = samples();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto* card = new SampleCard(QStringLiteral("sample%1").arg(i), list[i], this);
        connect(card, &SampleCard::wanted, this,
                [this, i](const QString& phrase) { Q_EMIT sampleWanted(int(i), phrase); });
        cards_.push_back(card);
    }
    column->addLayout(middle);
    column->addStretch(4);
    connect(open_, &QPushButton::clicked, this, &EmptyState::openWanted);
    retranslate();
}

void EmptyState::offerModels(ModelList& models) {
    offer_ = new ModelsCard(models, this);
    auto* column = static_cast<QVBoxLayout*>(layout());
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(offer_, 8);
    middle->addStretch(1);
    column->insertSpacing(column->count() - 1, 16);
    column->insertLayout(column->count() - 1, middle);
    connect(offer_, &ModelsCard::moreWanted, this, &EmptyState::modelsWanted);
    connect(offer_, &ModelsCard::gone, this, &EmptyState::arrange);
    arrange();
}

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        arrange();
    }
    QWidget::changeEvent(event);
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colours().canvas);
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    arrange();
    QWidget::resizeEvent(event);
}

void EmptyState::arrange() {
    QSize card;
    for (const SampleCard* each : cards_) {
        card = card.expandedTo(each->sizeHint());
    }
    const int above = title_->sizeHint().height() + text_->heightForWidth(width() - 2 * kMargin) +
                      open_->sizeHint().height() + tryTitle_->sizeHint().height() + 2 * kMargin + 60;
    const int below = offer_ != nullptr && offer_->wanted() ? offer_->sizeHint().height() + 16 : 0;
    auto fitting = [](int room, int size, int gap) { return std::max(1, (room + gap) / (size + gap)); };
    const int count = int(cards_.size());
    const int columns = std::min(fitting(width() - 2 * kMargin, card.width(), kAcross), kMostColumns);
    const int rows = std::min(fitting(height() - above - below, card.height(), kDown), (count + columns - 1) / columns);
    if (columns == columns_ && rows == rows_) {
        return;
    }
    columns_ = columns;
    rows_ = rows;
    for (int i = 0; i < count; ++i) {
        SampleCard* each = cards_[std::size_t(i)];
        grid_->removeWidget(each);
        if (i < columns * rows) {
            grid_->addWidget(each, i / columns, i % columns, Qt::AlignTop | Qt::AlignHCenter);
        }
        each->setVisible(i < columns * rows);
    }
}

void EmptyState::retranslate() {
    title_->setText(tr("Drop a picture here"));
    text_->setText(tr("Then type what you are looking for, and it lights up."));
    open_->setText(tr("Open a picture…"));
    tryTitle_->setText(tr("Or try one of these"));
    const auto list = samples();
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        cards_[i]->setSample(list[i]);
    }
}

}  // namespace maskwright::ui
