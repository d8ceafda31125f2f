// What is remembered from one start to the next: the keys under which QSettings has it, and the two shapes it takes
// more than once, a folder and a list of the latest. GUI thread.
#pragma once

#include <QString>

namespace maskwright::ui::settings {

inline constexpr auto kGeometry = "window/geometry";
inline constexpr auto kScheme = "window/scheme";      // a Scheme's number
inline constexpr auto kLanguage = "window/language";  // a Language's code
inline constexpr auto kMaskMode = "mask/mode";        // a MaskView's number
inline constexpr auto kSplit = "mask/split";          // picture and mask side by side
inline constexpr auto kSplitAt = "mask/splitAt";      // where, as a share of what is seen
inline constexpr auto kNavigator = "view/navigator";  // shown while a picture is larger than the window
inline constexpr auto kMaskOpacity = "mask/opacity";
inline constexpr auto kCutoutEdge = "mask/cutoutEdge";  // a CutoutEdge's number
inline constexpr auto kMaskColour = "mask/colour";      // place among the panel's colours
inline constexpr auto kBrushSize = "brush/size";        // a CorrectTools' share
inline constexpr auto kBrushHardness = "brush/hardness";
inline constexpr auto kMarkerSize = "marker/size";  // a RegionTools' brushShare
inline constexpr auto kCurrentModel = "models/current";
inline constexpr auto kRecentModels = "models/recent";
inline constexpr auto kWhichModel = "models/which";  // the CLIP that answers "which one"; empty: the model in use
inline constexpr auto kMirror = "models/mirror";     // in the hub's stead; empty: HF_ENDPOINT, else the hub
inline constexpr auto kModelsCard = "models/card";   // whether the start page offers downloads
inline constexpr auto kRecentPictures = "pictures/recent";
inline constexpr auto kRecentProjects = "projects/recent";
inline constexpr auto kRecentPhrases = "phrases/recent";
inline constexpr auto kUnfinishedMasks = "masks/unfinished";  // see ui/folder/unfinished_masks.h
// Edit > Settings; what they are: preferences.h.
inline constexpr auto kDevice = "engine/device";
inline constexpr auto kNumberType = "engine/dtype";
inline constexpr auto kThreads = "engine/threads";
inline constexpr auto kMemory = "engine/memory";  // text, as --memory
inline constexpr auto kMegapixels = "pictures/megapixels";
inline constexpr auto kShortcuts = "shortcuts";  // a group: lists of keys by an action's name, see shortcuts.h
// Where the last dialog of a kind was left.
inline constexpr auto kPictureFolder = "folders/picture";
inline constexpr auto kModelFolder = "folders/model";
inline constexpr auto kSaveFolder = "folders/save";
inline constexpr auto kMaskFolder = "folders/mask";
inline constexpr auto kSearchFolder = "folders/search";
inline constexpr auto kMasksFolder = "folders/masks";
inline constexpr auto kProjectFolder = "folders/project";
inline constexpr auto kExportFolder = "folders/export";
inline constexpr auto kCandidateFolder = "folders/candidates";
inline constexpr auto kImportFolder = "folders/import";
// What an export was last asked for, beside what the project keeps.
inline constexpr auto kExportRows = "export/rows";  // an ExportRows' number
inline constexpr auto kExportAllPictures = "export/allPictures";
inline constexpr auto kExportEmpty = "export/empty";

// The person's pictures, else their home.
QString usualFolder();
// The folder under `key` if it is still there, else usualFolder().
QString lastFolder(const char* key);
// Where a dialog begins: the folder under `key` if it is still there, else folderBeside(picture), else where pictures
// were opened last.
QString startFolder(const char* key, const QString& picture);
// Puts `path` in front of the list under `key`, which holds at most `limit`.
void remember(const char* key, const QString& path, int limit);

}  // namespace maskwright::ui::settings
