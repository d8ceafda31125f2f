// The names of actions that people never see: settings keep a shortcut under them, and a test has an entry for each.
// One that was given must not change.
#include "ui/model/language.h"
#include "ui/shell/actions.h"

namespace maskwright::ui {

void Actions::giveNames() {
    const std::pair<QAction*, const char*> names[] = {
        {open, "open"},
        {openFolder, "openFolder"},
        {newProject, "newProject"},
        {openProject, "openProject"},
        {saveProject, "saveProject"},
        {saveProjectAs, "saveProjectAs"},
        {findMissing, "findMissingPictures"},
        {save, "save"},
        {softEdges, "softEdges"},
        {exportRows, "export"},
        {importRows, "importAnnotations"},
        {copy, "copyCutout"},
        {copyMask, "copyMask"},
        {closePicture, "closePicture"},
        {quit, "quit"},
        {undo, "undo"},
        {redo, "redo"},
        {paste, "paste"},
        {focusPhrase, "focusPhrase"},
        {corrections[std::size_t(MaskChange::fillHoles)], "correctFillHoles"},
        {corrections[std::size_t(MaskChange::largestPart)], "correctLargestPart"},
        {corrections[std::size_t(MaskChange::dropSpecks)], "correctDropSpecks"},
        {corrections[std::size_t(MaskChange::grow)], "correctGrow"},
        {corrections[std::size_t(MaskChange::shrink)], "correctShrink"},
        {corrections[std::size_t(MaskChange::smooth)], "correctSmooth"},
        {corrections[std::size_t(MaskChange::invert)], "correctInvert"},
        {removeCorrection, "correctRemove"},
        {nextPicture, "nextPicture"},
        {previousPicture, "previousPicture"},
        {zoomIn, "zoomIn"},
        {zoomOut, "zoomOut"},
        {fit, "fit"},
        {actual, "actualSize"},
        {showMask, "showMask"},
        {maskViews[std::size_t(MaskView::tint)], "viewTint"},
        {maskViews[std::size_t(MaskView::outline)], "viewOutline"},
        {maskViews[std::size_t(MaskView::spotlight)], "viewSpotlight"},
        {maskViews[std::size_t(MaskView::mask)], "viewMask"},
        {maskViews[std::size_t(MaskView::cutout)], "viewCutout"},
        {maskViews[std::size_t(MaskView::heat)], "viewHeat"},
        {split, "beforeAndAfter"},
        {navigator, "navigator"},
        {sidebar, "sidebar"},
        {fullScreen, "fullScreen"},
        {openModel, "openModel"},
        {models, "models"},
        {preferences, "settings"},
        {shortcuts, "shortcuts"},
        {log, "log"},
        {about, "about"},
    };
    for (const auto& [action, name] : names) {
        action->setObjectName(QLatin1String(name));
    }
    constexpr std::array<const char*, kSaveKinds.size()> kKinds{"saveMask", "saveProbability", "saveCutout",
                                                                "saveOverlay"};
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        saveKinds[i]->setObjectName(QLatin1String(kKinds[i]));
    }
    constexpr std::array<const char*, 3> kSchemes{"schemeSystem", "schemeLight", "schemeDark"};
    for (std::size_t i = 0; i < kSchemes.size(); ++i) {
        schemes_[i]->setObjectName(QLatin1String(kSchemes[i]));
    }
    const QStringList codes = QStringList{QStringLiteral("System")} + Language::available();
    for (std::size_t i = 0; i < languages_.size(); ++i) {
        languages_[i]->setObjectName(QStringLiteral("language") + codes.value(qsizetype(i)));
    }
}

void Actions::setTools(const std::vector<QAction*>& actions) const {
    for (QAction* action : actions) {
        if (action->objectName().isEmpty()) {
            action->setObjectName(QStringLiteral("tool%1").arg(tools->actions().size()));
        }
        if (action->property("beginsGroup").toBool()) {
            tools->addSeparator();
        }
        tools->addAction(action);
    }
}

}  // namespace maskwright::ui
