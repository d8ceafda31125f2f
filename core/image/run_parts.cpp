#include "core/image/run_parts.h"

#include <algorithm>
#include <vector>

#include "core/image/run_ops.h"

namespace maskwright {
namespace {

// Pixels [top, bottom) of a column.
struct Span {
    std::uint32_t column = 0, top = 0, bottom = 0;
    bool taken = false;
};

// From top to bottom, column by column; `first[c]` is where column c begins.
std::vector<Span> spansOf(const Runs& runs, std::vector<std::size_t>& first) {
    std::vector<Span> spans;
    const auto height = static_cast<std::uint64_t>(runs.height);
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        std::uint64_t at = end;
        end += runs.counts[i];
        while (i % 2 == 1 && at < end) {
            const std::uint64_t column = at / height, next = std::min(end, (column + 1) * height);
            spans.push_back({static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(at - column * height),
                             static_cast<std::uint32_t>(next - column * height)});
            at = next;
        }
    }
    first.assign(static_cast<std::size_t>(runs.width) + 1, spans.size());
    for (std::size_t i = spans.size(); i-- > 0;) {
        first[spans[i].column] = i;
    }
    for (std::size_t c = static_cast<std::size_t>(runs.width); c-- > 0;) {
        first[c] = std::min(first[c], first[c + 1]);
    }
    return spans;
}

Runs runsOf(const std::vector<Span>& spans, int width, int height) {
    Runs part{width, height, {}};
    std::uint64_t end = 0;  // of what the counts cover
    for (const Span& span : spans) {
        if (!span.taken) {
            continue;
        }
        const std::uint64_t from = std::uint64_t(span.column) * std::uint64_t(height) + span.top;
        if (from == end && !part.counts.empty()) {
            part.counts.back() += span.bottom - span.top;
        } else {
            part.counts.push_back(static_cast<std::uint32_t>(from - end));
            part.counts.push_back(span.bottom - span.top);
        }
        end = from + (span.bottom - span.top);
    }
    if (part.counts.empty()) {
        return noPixel(width, height);
    }
    if (const std::uint64_t rest = std::uint64_t(width) * std::uint64_t(height) - end; rest > 0) {
        part.counts.push_back(static_cast<std::uint32_t>(rest));
    }
    return part;
}

}  // namespace

Runs partAt(const Runs& runs, int x, int y) {
    if (x < 0 || y < 0 || x >= runs.width || y >= runs.height) {
        return noPixel(runs.width, runs.height);
    }
    std::vector<std::size_t> first;
    std::vector<Span> spans = spansOf(runs, first);
    std::vector<std::size_t> open;
    // Takes the spans of a column that touch [top, bottom), corners included.
    const auto take = [&](std::size_t column, std::uint32_t top, std::uint32_t bottom) {
        const auto begin = spans.begin() + static_cast<std::ptrdiff_t>(first[column]);
        const auto end = spans.begin() + static_cast<std::ptrdiff_t>(first[column + 1]);
        for (auto span = std::partition_point(begin, end, [top](const Span& s) { return s.bottom < top; });
             span != end && span->top <= bottom; ++span) {
            if (!span->taken) {
                span->taken = true;
                open.push_back(static_cast<std::size_t>(span - spans.begin()));
            }
        }
    };
    for (std::size_t i = first[std::size_t(x)]; i < first[std::size_t(x) + 1]; ++i) {
        if (spans[i].top <= std::uint32_t(y) && std::uint32_t(y) < spans[i].bottom) {
            spans[i].taken = true;
            open.push_back(i);
        }
    }
    while (!open.empty()) {
        const Span span = spans[open.back()];
        open.pop_back();
        if (span.column > 0) {
            take(span.column - 1, span.top, span.bottom);
        }
        if (span.column + 1 < static_cast<std::uint32_t>(runs.width)) {
            take(span.column + 1, span.top, span.bottom);
        }
    }
    return runsOf(spans, runs.width, runs.height);
}

}  // namespace maskwright
