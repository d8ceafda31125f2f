#include "app/cli/segment_report.h"

#include <algorithm>
#include <iostream>

#include "core/image/refine.h"

namespace maskwright::cli {

SegmentReport::Line SegmentReport::line(OrderedJson json, const Mask& mask, const OrderedJson& milliseconds) {
    const Box box = boundingBox(mask);
    const std::int64_t pixels = area(mask);
    json["area"] = pixels;
    json["box"] = {box.x, box.y, box.width, box.height};
    json["milliseconds"] = milliseconds;
    const float presence = json["presence"];
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "presence %.3f, %.1f %% of the picture", double(presence),
                  100.0 * double(pixels) / double(std::max<std::size_t>(1, mask.pixels.size())));
    std::string text = json["path"].get<std::string>() + ": " + json["phrase"].get<std::string>() + ": " + numbers;
    if (json["output"].is_string()) {
        text += " -> " + json["output"].get<std::string>();
    }
    return {std::move(json), text, presence};
}

void SegmentReport::add(Line line) {
    if (rank_) {
        ranked_.push_back(std::move(line));
    } else {
        print(line);
    }
}

int SegmentReport::failed(const std::string& path, const Error& error) {
    const int code = report(error);
    add({{{"path", path}, {"error", error.line()}, {"code", code}}, "", -1});
    return code;
}

void SegmentReport::flush() {
    std::stable_sort(ranked_.begin(), ranked_.end(),
                     [](const Line& a, const Line& b) { return a.presence > b.presence; });
    for (std::size_t i = 0; i < ranked_.size(); ++i) {
        if (ranked_[i].presence >= 0) {
            ranked_[i].json["rank"] = i + 1;
        }
        print(ranked_[i]);
    }
    ranked_.clear();
}

void SegmentReport::progress(std::size_t done, std::size_t all) const {
    if (all < 2 || !isTerminal()) {
        return;
    }
    const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    char text[96];
    std::snprintf(text, sizeof text, "\r%zu of %zu, %.0f s left \x1b[K%s", done, all,
                  passed / double(done) * double(all - done), done == all ? "\r\x1b[K" : "");
    std::cerr << text;
}

void SegmentReport::print(const Line& line) const {
    if (json_) {
        std::cout << dump(line.json) + "\n";
    } else if (!line.text.empty()) {
        std::cout << line.text + "\n";
    }
    std::cout.flush();
}

}  // namespace maskwright::cli
