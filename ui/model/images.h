// Which picture in memory a project's file is. A project names the pictures of its examples by their files; whoever has
// opened one says so here, and what nobody has opened is read in the background when it is asked for. GUI thread.
#pragma once

#include <QObject>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/image/image.h"
#include "core/project/project.h"

namespace maskwright::ui {

class Images : public QObject {
    Q_OBJECT

  public:
    // Of pictures that were asked for; the open one and what examples hold is not counted. Beyond it those that were
    // not asked for longest are let go, and read again when somebody wants them.
    static constexpr std::uint64_t kMostBytes = 512u << 20;

    using QObject::QObject;

    // Held only as long as somebody else does, until it is asked for.
    void add(const project::PictureFile& file, const std::shared_ptr<const Image>& image);
    // The file of a picture that was added and is still held; none for others.
    [[nodiscard]] std::optional<project::PictureFile> fileOf(const std::shared_ptr<const Image>& image) const;

    struct Found {
        std::shared_ptr<const Image> image;  // null: it is being read, and arrived() follows, or:
        bool missing = false;                // it cannot be read, or has another size than it had
    };
    [[nodiscard]] Found find(const project::PictureFile& file);

  Q_SIGNALS:
    void arrived();  // something that was asked for is there, or is known to be missing
    // Another file lies where one that was asked for was. Of the same size it is given all the same.
    void replaced(const maskwright::project::PictureFile& had, const maskwright::project::PictureFile& now);

  private:
    struct Entry {
        project::PictureFile file;
        std::weak_ptr<const Image> image;
        bool reading = false, missing = false;
    };
    struct Read {
        std::shared_ptr<const Image> image;
        project::PictureFile file;  // as it is now
    };
    void hold(const std::shared_ptr<const Image>& image);
    void read(const project::PictureFile& file);
    std::map<std::string, Entry> entries_;          // by SHA-256
    std::list<std::shared_ptr<const Image>> held_;  // the one that was asked for last is first
};

// Stands for a picture that lies in no file, so that its rows can be worked on all the same: `name` is its path, and
// its SHA-256 is of its pixels.
project::PictureFile fileOfPixels(const Image& image, const std::string& name);

}  // namespace maskwright::ui
