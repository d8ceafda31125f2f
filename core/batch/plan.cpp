#include "core/batch/plan.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "core/batch/earlier.h"
#include "core/batch/journal.h"
#include "core/output/names.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

std::size_t countExisting(const Plan& plan) {
    std::size_t count = 0;
    for (const auto& row : plan.outputs) {
        count += static_cast<std::size_t>(std::count_if(row.begin(), row.end(), isThere));
    }
    return count;
}

Result<void> settle(Plan& plan, Existing existing) {
    plan.existing = existing;
    if (existing == Existing::refuse) {
        for (const auto& row : plan.outputs) {
            if (const auto there = std::find_if(row.begin(), row.end(), isThere); there != row.end()) {
                return Error{ErrorKind::output, message("%1 is there already", *there), "choose another name"};
            }
        }
    }
    if (existing == Existing::keepBoth) {
        std::set<std::string> wanted;
        for (const auto& row : plan.outputs) {
            wanted.insert(row.begin(), row.end());
        }
        for (auto& row : plan.outputs) {
            for (std::string& path : row) {
                if (isThere(path)) {
                    path = output::freePath(
                        path, [&](const std::string& name) { return isThere(name) || wanted.contains(name); });
                    wanted.insert(path);
                }
            }
        }
    }
    return {};
}

std::string journalPath(const Plan& plan) {
    std::optional<fs::path> folder;
    for (const auto& row : plan.outputs) {
        for (const std::string& path : row) {
            const fs::path own = fs::path(path).parent_path();
            if (folder && *folder != own) {
                return {};
            }
            folder = own;
        }
    }
    return folder ? (*folder / kJournalName).string() : std::string();
}

std::string journalPath(const Plan& plan, const std::string& output) {
    const bool many = dependsOnPicture(output);
    return many ? fixedFolder(output) + std::string(kJournalName) : journalPath(plan);
}

}  // namespace maskwright::batch
