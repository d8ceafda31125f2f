// segment --merge: shards' folders to what one run would have left and reported.
#include "core/batch/merge.h"

#include <iostream>

#include "app/cli/common.h"
#include "app/cli/segment_report.h"

namespace maskwright::cli {

int runMerge(const SegmentArguments& arguments, const std::stop_token& stop) {
    if (arguments.output.empty() && arguments.images.size() > 1) {
        return report({ErrorKind::usage, "nobody said where the merged results go", "give a folder as -o"});
    }
    auto merge =
        batch::Merge::read(arguments.images, arguments.output.empty() ? arguments.images.front() : arguments.output);
    if (!merge) {
        return report(merge.error());
    }
    if (const auto written = merge->write(stop); !written) {
        return report(written.error());
    }
    SegmentReport lines(arguments.json, arguments.rank, merge->plan(), merge->request());
    int code = lines.found(merge->found().notices, merge->found().skipped, merge->found().bad);
    for (const batch::Outcome& outcome : merge->outcomes()) {
        const int own = lines.add(outcome);
        code = code != 0 ? code : own;
    }
    lines.flush();
    if (std::cout) {  // else the shards' journals are the only place that has the report
        merge->finish();
    }
    return code;
}

}  // namespace maskwright::cli
