// The hidden folder that a model is put together in: what has come of a download stays there when it is stopped, also
// by kill -9, and goes on from there. It becomes the model's folder when everything is verified.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/store/hub.h"

namespace maskwright::store {

// Beside what it will become: PLACE/.NAME.part
std::filesystem::path stagingFolder(const std::filesystem::path& place, const std::string& name);

class Staging {
  public:
    // Makes the folder where it is not there, and locks it. Errors: output where it cannot be made, usage where another
    // process is at it.
    static Result<Staging> open(const std::filesystem::path& place, const std::string& name);
    Staging(Staging&& other) noexcept;
    Staging& operator=(Staging&&) = delete;
    Staging(const Staging&) = delete;
    ~Staging();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] const std::filesystem::path& target() const { return target_; }
    [[nodiscard]] std::filesystem::path whole(const std::string& file) const { return folder_ / file; }
    [[nodiscard]] std::filesystem::path part(const std::string& file) const { return folder_ / (file + ".part"); }

    // Settles for these files of this repository: whatever else is there goes, and parts of files that hash to
    // something else by now. Errors: output.
    Result<void> settle(const std::string& repository, const HubPlan& plan);
    // The mark that the server gave the contents that a part is of; empty: none.
    [[nodiscard]] std::string etag(const std::string& file) const;
    Result<void> setEtag(const std::string& file, const std::string& etag);

    // Bytes of the plan's files that are there, whole or in part.
    [[nodiscard]] std::uint64_t bytesOf(const HubPlan& plan) const;

    // Becomes PLACE/NAME, at once. Errors: output, also where something of that name has come to be there.
    Result<void> publish();
    // Goes, with everything in it.
    void discard();

  private:
    Staging() = default;
    Result<void> save() const;
    std::filesystem::path target_, folder_;
    int descriptor_ = -1;
    Json state_;
};

// What lies in a place and was not finished.
struct Unfinished {
    std::string name, repository;
    std::uint64_t bytes = 0, total = 0;
};
std::vector<Unfinished> unfinishedIn(const std::filesystem::path& place);

}  // namespace maskwright::store
