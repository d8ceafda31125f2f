#include "app/cli/bench/results.h"

#include <algorithm>
#include <cstdio>

#include "app/cli/bench/statistics.h"
#include "core/image/lines_chart.h"

namespace maskwright::cli::bench {

namespace {

constexpr const char* kOurs = "Maskwright";

// "0.42", "12.3", "480": three digits tell enough.
std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    return text;
}

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

// As people write it.
std::string nameOf(const std::string& peer) { return peer == "openvino" ? "OpenVINO" : peer; }

std::string shown(const Spread& s) { return number(s.median) + " (" + number(s.low) + "-" + number(s.high) + ")"; }

std::string shown(const Ratio& r) {
    return number(r.medians) + " (" + number(r.paired.low) + "-" + number(r.paired.high) + ")";
}

const std::vector<double>& theirs(const Row& row, std::size_t peer) {
    static const std::vector<double> none;
    return peer < row.theirs.size() ? row.theirs[peer] : none;
}

// What oneDNN computes by, or without it what the processor lists.
std::string isaOf(const Results& results) {
    const std::string& used = results.model.instructions;
    return used.empty() || used == "none" ? results.machine.isa : used;
}

std::string header(const Results& results) {
    const session::ModelInfo& model = results.model;
    const Machine& machine = results.machine;
    std::string text = std::string("Maskwright ") + MASKWRIGHT_VERSION + ", model " + model.name + ", products by " +
                       model.products + ", LibTorch " + model.torchVersion + "\n";
    for (const auto& [name, version] : results.versions) {
        text += (name == results.versions.begin()->first ? "against " : ", ") + name + " " + version;
    }
    text += (results.versions.empty() ? "" : "\n") + machine.processor + ", " + isaOf(results) + ", " +
            std::to_string(machine.cores) + " cores, " + number(machine.gigabytes) + " GiB, " +
            std::to_string(model.threads) + " threads\n" + machine.date + ", a picture of " + results.size + ", " +
            std::to_string(results.runs) +
            " turns; medians (quartiles), ratios of medians (quartiles of the turns' ratios)\n";
    return text;
}

std::string line(const std::vector<std::string>& cells) {
    std::string text = "|";
    for (const std::string& cell : cells) {
        text.append(" ").append(cell).append(" |");
    }
    return text + "\n";
}

std::string rowsOf(const Results& results, bool series) {
    std::vector<std::string> names = {"step", "precision", "unit", kOurs};
    for (const std::string& peer : results.peers) {
        names.push_back(nameOf(peer));
        names.emplace_back("times ours");
    }
    std::string text, rule = "|";
    for (const Row& row : results.rows) {
        if ((row.x > 0) != series) {
            continue;
        }
        std::vector<std::string> cells = {series ? row.step + ": " + plain(row.x) : row.step, row.dtype, row.unit,
                                          row.ours.empty() ? "" : shown(spread(row.ours))};
        for (std::size_t p = 0; p < results.peers.size(); ++p) {
            const std::vector<double>& samples = theirs(row, p);
            cells.push_back(samples.empty() ? "" : shown(spread(samples)));
            cells.push_back(samples.empty() ? "" : shown(ratio(row.ours, samples)));
        }
        text += line(cells);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        rule += "---|";
    }
    if (text.empty()) {
        return {};
    }
    std::string all(1, '\n');
    return all.append(line(names)).append(rule).append("\n").append(text);
}

OrderedJson samplesJson(const std::vector<double>& samples) {
    const Spread s = spread(samples);
    return {{"low", s.low}, {"median", s.median}, {"high", s.high}, {"samples", samples}};
}

}  // namespace

std::string table(const Results& results) {
    std::string text = header(results) + rowsOf(results, false) + rowsOf(results, true);
    for (const Agreement& agreement : results.agreements) {
        char ious[64];
        std::snprintf(ious, sizeof ious, "IoU %.4f, the lowest of %zu %.4f", spread(agreement.ious).median,
                      agreement.ious.size(), *std::min_element(agreement.ious.begin(), agreement.ious.end()));
        text += std::string("\nmasks of ") + kOurs + " and " + nameOf(agreement.peer) + ", " + agreement.dtype + ": " +
                ious;
    }
    return text + (results.agreements.empty() ? "" : "\n");
}

OrderedJson json(const Results& results) {
    OrderedJson all = {{"program", std::string("maskwright-cli ") + MASKWRIGHT_VERSION},
                       {"processor", results.machine.processor},
                       {"isa", isaOf(results)},
                       {"products", results.model.products},
                       {"cores", results.machine.cores},
                       {"date", results.machine.date},
                       {"model", results.model.name},
                       {"threads", results.model.threads},
                       {"blas", results.model.blas},
                       {"libtorch", results.model.torchVersion},
                       {"picture", results.size},
                       {"runs", results.runs},
                       {"peers", results.peers},
                       {"versions", results.versions}};
    all["rows"] = OrderedJson::array();
    for (const Row& row : results.rows) {
        OrderedJson one = {{"step", row.step}, {"dtype", row.dtype}, {"unit", row.unit}};
        if (row.x > 0) {
            one["x"] = row.x;
        }
        one["ours"] = samplesJson(row.ours);
        for (std::size_t p = 0; p < results.peers.size(); ++p) {
            if (const auto& samples = theirs(row, p); !samples.empty()) {
                const Ratio r = ratio(row.ours, samples);
                OrderedJson& peer = one[results.peers[p]] = samplesJson(samples);
                peer["ratio"] = {{"medians", r.medians},
                                 {"low", r.paired.low},
                                 {"median", r.paired.median},
                                 {"high", r.paired.high}};
            }
        }
        all["rows"].push_back(std::move(one));
    }
    all["agreement"] = OrderedJson::array();
    for (const Agreement& agreement : results.agreements) {
        all["agreement"].push_back({{"peer", agreement.peer}, {"dtype", agreement.dtype}, {"ious", agreement.ious}});
    }
    return all;
}

std::string csv(const Results& results) {
    std::string text = "step,dtype,x,side,unit,low,median,high,ratio,ratio_low,ratio_high,samples\n";
    const auto add = [&](const Row& row, const std::string& side, const std::vector<double>& samples,
                         const std::string& ratios) {
        const Spread s = spread(samples);
        text += row.step + "," + row.dtype + "," + (row.x > 0 ? plain(row.x) : "") + "," + side + "," + row.unit + "," +
                plain(s.low) + "," + plain(s.median) + "," + plain(s.high) + "," + ratios + ",";
        for (std::size_t i = 0; i < samples.size(); ++i) {
            text.append(i == 0 ? "" : " ").append(plain(samples[i]));
        }
        text += "\n";
    };
    for (const Row& row : results.rows) {
        add(row, kOurs, row.ours, ",,");
        for (std::size_t p = 0; p < results.peers.size(); ++p) {
            if (const auto& samples = theirs(row, p); !samples.empty()) {
                const Ratio r = ratio(row.ours, samples);
                add(row, results.peers[p], samples,
                    plain(r.medians) + "," + plain(r.paired.low) + "," + plain(r.paired.high));
            }
        }
    }
    return text;
}

Image plot(const Results& results) {
    std::vector<LinesChart> panels;
    for (const Row& row : results.rows) {
        if (row.x <= 0) {
            continue;
        }
        const std::string title = (row.unit == "ms" ? "time over " : "memory over ") + row.step + ", " + row.dtype;
        auto panel =
            std::find_if(panels.begin(), panels.end(), [&](const LinesChart& one) { return one.title == title; });
        if (panel == panels.end()) {
            LinesChart made{title, row.step, row.unit, {{kOurs, {}}}};
            for (const std::string& peer : results.peers) {
                made.lines.push_back({nameOf(peer), {}});
            }
            panels.push_back(std::move(made));
            panel = panels.end() - 1;
        }
        const auto add = [&](std::size_t at, const std::vector<double>& samples) {
            if (!samples.empty()) {
                panel->lines[at].points.push_back({row.x, spread(samples).median});
            }
        };
        add(0, row.ours);
        for (std::size_t p = 0; p < results.peers.size(); ++p) {
            add(p + 1, theirs(row, p));
        }
    }
    return linesCharts(panels);
}

}  // namespace maskwright::cli::bench
