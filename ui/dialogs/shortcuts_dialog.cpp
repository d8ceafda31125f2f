#include "ui/dialogs/shortcuts_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/widgets/line_edit.h"
#include "ui/widgets/screen_size.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 560, kHeight = 560;  // pixels

// "&Open", and as Korean has it "열기(&O)", without the key of the menu.
QString plain(QString text) {
    static const QRegularExpression apart(QStringLiteral("\\(&\\w\\)"));
    return text.remove(apart).remove('&');
}

QString keysText(const QList<QKeySequence>& all) {
    QStringList texts;
    for (const QKeySequence& keys : all) {
        texts << keys.toString(QKeySequence::NativeText);
    }
    return texts.join(QStringLiteral(",  "));
}

}  // namespace

ShortcutsDialog::ShortcutsDialog(Shortcuts& shortcuts, const QHash<const QAction*, QString>& menuOf, QWidget* parent)
    : QDialog(parent),
      shortcuts_(shortcuts),
      search_(new LineEdit),
      list_(new QTreeWidget),
      keys_(new QKeySequenceEdit),
      assign_(new QPushButton(tr("Assign"))),
      none_(new QPushButton(tr("No key"))),
      reset_(new QPushButton(tr("Reset"))),
      resetAll_(new QPushButton(tr("Reset all"))),
      text_(new QLabel) {
    setObjectName("shortcutsDialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    build();
    list(menuOf);
    listFixed();
    list_->expandAll();
    list_->resizeColumnToContents(0);
    follow();
    followCurrent();
    search_->setFocus();
}

void ShortcutsDialog::build() {
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search"));
    search_->setClearButtonEnabled(true);
    list_->setAccessibleName(tr("Keyboard shortcuts"));
    list_->setHeaderLabels({tr("What"), tr("Keys")});
    list_->setUniformRowHeights(true);
    keys_->setAccessibleName(tr("New keys"));
    keys_->setObjectName("keys");
    if (QWidget* field = keys_->focusProxy()) {
        field->setAccessibleName(keys_->accessibleName());  // where the focus goes
    }
    assign_->setObjectName("assign");
    none_->setObjectName("none");
    reset_->setObjectName("reset");
    resetAll_->setObjectName("resetAll");
    text_->setObjectName("muted");
    text_->setWordWrap(true);
    text_->setMinimumHeight(2 * text_->fontMetrics().lineSpacing());
    for (QPushButton* button : {assign_, none_, reset_, resetAll_}) {
        button->setAutoDefault(false);
    }
    auto* row = new QHBoxLayout;
    row->addWidget(keys_, 1);
    row->addWidget(assign_);
    row->addWidget(none_);
    row->addWidget(reset_);
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    auto* last = new QHBoxLayout;
    last->addWidget(resetAll_);
    last->addStretch(1);
    last->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(search_);
    column->addWidget(list_, 1);
    column->addLayout(row);
    column->addWidget(text_);
    column->addLayout(last);
    resizeOnScreen(*this, {kWidth, kHeight});
    connect(search_, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutsDialog::followCurrent);
    connect(keys_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutsDialog::followKeys);
    connect(assign_, &QPushButton::clicked, this, [this] { shortcuts_.assign(current(), keys_->keySequence()); });
    connect(none_, &QPushButton::clicked, this, [this] { shortcuts_.assign(current(), {}); });
    connect(reset_, &QPushButton::clicked, this, [this] { shortcuts_.reset(current()); });
    connect(resetAll_, &QPushButton::clicked, &shortcuts_, &Shortcuts::resetAll);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&shortcuts_, &Shortcuts::changed, this, &ShortcutsDialog::follow);
}

void ShortcutsDialog::list(const QHash<const QAction*, QString>& menuOf) {
    QHash<QString, QTreeWidgetItem*> menus;
    for (QAction* action : shortcuts_.actions()) {
        const QString title = plain(menuOf.value(action));
        QTreeWidgetItem*& menu = menus[title];
        if (menu == nullptr) {
            menu = new QTreeWidgetItem(list_, {title});
            menu->setFlags(Qt::ItemIsEnabled);
        }
        actions_.insert(new QTreeWidgetItem(menu, {plain(action->text())}), action);
    }
}

void ShortcutsDialog::listFixed() {
    auto* group = new QTreeWidgetItem(list_, {tr("On the picture and in lists (these keys cannot be changed)")});
    group->setFlags(Qt::ItemIsEnabled);
    group->setFirstColumnSpanned(true);
    const std::pair<QString, QString> fixed[] = {
        {tr("Move the picture"), tr("Space and drag")},
        {tr("Zoom"), tr("Mouse wheel")},
        {tr("Smaller and larger brush"), QStringLiteral("[  ]")},
        {tr("Softer and harder brush"), QStringLiteral("Shift+[  Shift+]")},
        {tr("Swap brush and eraser"), QStringLiteral("X")},
        {tr("Begin a rectangle and move it, size it"), QStringLiteral("← ↑ → ↓,  Shift")},
        {tr("Add to the example, take away from it"), tr("Shift, Alt while drawing")},
        {tr("Close the polygon, take its last corner back"), tr("Enter, Backspace")},
        {tr("Give up, then back to moving"), tr("Esc")},
        {tr("Keep the phrase as a row"), tr("Enter")},
        {tr("Remove the example or the row in hand"), tr("Delete")},
        {tr("Rename a row"), QStringLiteral("F2")},
        {tr("Move a row"), QStringLiteral("Alt+↑  Alt+↓")},
    };
    for (const auto& [what, keys] : fixed) {
        new QTreeWidgetItem(group, {what, keys});
    }
}

QAction* ShortcutsDialog::current() const { return actions_.value(list_->currentItem()); }

void ShortcutsDialog::follow() {
    for (auto [item, action] : actions_.asKeyValueRange()) {
        item->setText(1, keysText(action->shortcuts()));
        QFont font = list_->font();
        font.setBold(!shortcuts_.isUsual(action));
        item->setFont(1, font);
    }
    followCurrent();
}

void ShortcutsDialog::followCurrent() {
    const QAction* action = current();
    {
        const QSignalBlocker quiet(keys_);
        keys_->setKeySequence(action != nullptr ? action->shortcut() : QKeySequence());
    }
    keys_->setEnabled(action != nullptr);
    none_->setEnabled(action != nullptr && !action->shortcuts().isEmpty());
    reset_->setEnabled(action != nullptr && !shortcuts_.isUsual(action));
    followKeys();
}

void ShortcutsDialog::followKeys() {
    const QAction* action = current();
    const QKeySequence keys = keys_->keySequence();
    const QAction* owner = shortcuts_.ownerOf(keys, action);
    assign_->setEnabled(action != nullptr && !keys.isEmpty() && action->shortcuts() != QList<QKeySequence>{keys});
    if (action == nullptr) {
        text_->setText(tr("Choose an action, then press the keys for it."));
    } else if (owner != nullptr) {
        text_->setText(tr("“%1” has these keys. “Assign” takes them from it.").arg(plain(owner->text())));
    } else if (!shortcuts_.isUsual(action)) {
        const QString usual = keysText(shortcuts_.usual(action));
        text_->setText(usual.isEmpty() ? tr("It usually has no key.") : tr("Its usual keys: %1").arg(usual));
    } else {
        text_->clear();
    }
}

void ShortcutsDialog::filter(const QString& text) {
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* menu = list_->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < menu->childCount(); ++j) {
            QTreeWidgetItem* line = menu->child(j);
            const bool fits =
                line->text(0).contains(text, Qt::CaseInsensitive) || line->text(1).contains(text, Qt::CaseInsensitive);
            line->setHidden(!fits);
            any = any || fits;
        }
        menu->setHidden(!any);
    }
}

}  // namespace maskwright::ui
