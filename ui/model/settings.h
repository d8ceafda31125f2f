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
inline constexpr auto kCurrentModel = "models/current";
inline constexpr auto kRecentModels = "models/recent";
inline constexpr auto kRecentPictures = "pictures/recent";
inline constexpr auto kRecentPhrases = "phrases/recent";
inline constexpr auto kUnfinishedMasks = "masks/unfinished";  // see ui/folder/unfinished_masks.h
// Where the last dialog of a kind was left.
inline constexpr auto kPictureFolder = "folders/picture";
inline constexpr auto kModelFolder = "folders/model";
inline constexpr auto kSaveFolder = "folders/save";
inline constexpr auto kMaskFolder = "folders/mask";
inline constexpr auto kSearchFolder = "folders/search";
inline constexpr auto kMasksFolder = "folders/masks";

// The folder under `key` if it is still there, else the person's pictures, else their home.
QString lastFolder(const char* key);
// Puts `path` in front of the list under `key`, which holds at most `limit`.
void remember(const char* key, const QString& path, int limit);

}  // namespace maskwright::ui::settings
