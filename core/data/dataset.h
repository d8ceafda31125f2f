// Pictures, the masks in them, and what the masks show: a data set as the program keeps it, whatever format it was read
// from (formats/). Plain values, read-only once made; any number of threads may read one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/image/runs.h"

namespace maskwright::data {

struct Category {
    std::int64_t id = 0;
    std::string name;
    std::vector<std::string> names;  // synonyms, the name itself first
    std::string synset, group;
    std::vector<std::size_t> parents;    // indices into DataSet::categories
    std::vector<std::size_t> ancestors;  // parents, their parents, ...; sorted, without itself
};

// What the absence of an annotation in a picture says.
enum class Coverage {
    closed,    // every closed-vocabulary name is annotated
    listed,    // only the annotated kinds are: other kinds may be there
    saliency,  // the closed vocabulary, and one object of a thousand classes
};

struct Annotation {
    std::size_t photo = 0, category = 0;  // indices
    Runs runs;
    std::int64_t area = 0;  // pixels inside
    bool crowd = false;
    std::int64_t id = 0;  // the file's; 0 where it has none
};

// Something of `category` is in the box (pixels; both ends inside) and nobody drew it.
struct Undrawn {
    std::size_t photo = 0, category = 0;
    double left = 0, top = 0, right = 0, bottom = 0;
};

struct Photo {
    std::int64_t id = 0;
    std::string file;  // relative to DataSet::imageFolder
    int width = 0, height = 0;
    std::string source;
    Coverage coverage = Coverage::closed;
    bool detected = false;  // a detector drew the masks of the closed names, and may have missed some
    bool vouched =
        false;  // people said which of the closed names are there: those drawn, those in `undrawn`, no others
    std::vector<std::size_t> annotations;  // indices
    std::vector<std::size_t> unmarked;     // categories of objects that are there without a mask: boxes alone
    std::vector<std::size_t> undrawn;      // indices
};

// Passes on what is to be said of pictures' files (one that is damaged and can be read, a profile that is not
// followed), once for each file, however often it is read. Any thread; one at a time hears.
class PhotoWarnings {
  public:
    explicit PhotoWarnings(std::function<void(const Message&)> hear) : hear_(std::move(hear)) {}
    void tell(const std::string& path, const std::vector<Message>& warnings);

  private:
    std::function<void(const Message&)> hear_;
    std::mutex mutex_;
    std::set<std::string> told_;  // paths
};

struct DataSet {
    std::string file, imageFolder;  // for messages and for reading pictures
    std::vector<Category> categories;
    std::vector<Photo> photos;
    std::vector<Annotation> annotations;
    std::vector<Undrawn> undrawn;
    std::vector<std::size_t>
        closed;  // categories whose absence is certain under Coverage::closed (coco80.json, or all)
    // In one line: what of the file could not be used, or was not as its format has it. Often empty.
    Message oddities;
    std::shared_ptr<PhotoWarnings> warnings;  // hears readPhoto()'s; may be null

    [[nodiscard]] std::string pathOf(const Photo& photo) const;
    // Whether b is a or below a ("dog" covers "poodle").
    [[nodiscard]] bool covers(std::size_t a, std::size_t b) const;
    // Whether an annotation of the photo is of `category` or of one below it.
    [[nodiscard]] bool holds(const Photo& photo, std::size_t category) const;
    // Whether an object without a mask may be of `category`, whose absence is not sure then.
    [[nodiscard]] bool unsure(const Photo& photo, std::size_t category) const;
};

// The category of that name (exactly as written): of several a closed one, then one that is called so first; nothing
// where there is none.
std::optional<std::size_t> categoryCalled(const DataSet& set, const std::string& name);

// The set without the categories, those below them, and every photo that shows anything of either, drawn or not.
DataSet without(const DataSet& set, const std::vector<std::size_t>& categories);

// ErrorKind::input: `what` is wrong with the data set's file, and, where something was odd in it, that too.
Error unusable(const DataSet& set, Message what, Message advice);

// The picture, upright, checked to have the size the data set says.
Result<Image> readPhoto(const DataSet& set, const Photo& photo);

// The union of the photo's annotations whose category `wanted` covers.
Mask maskOf(const DataSet& set, const Photo& photo, std::size_t wanted);

}  // namespace maskwright::data
