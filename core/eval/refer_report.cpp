#include "core/base/csv.h"
#include "core/eval/refer.h"
#include "core/eval/text.h"

namespace maskwright::eval {
namespace {

std::string inShort(double value) { return number(value, "%.4g"); }

Json figuresJson(const metrics::ReferringFigures& f) {
    Json json = {{"texts", f.texts}, {"oiou", figure(f.overallIou, f.texts)}, {"miou", figure(f.meanIou, f.texts)}};
    for (std::size_t i = 0; i < metrics::kPrecisionAt.size(); ++i) {
        json["precision_" + inShort(metrics::kPrecisionAt[i])] = figure(f.precision[i], f.texts);
    }
    return json;
}

std::string cells(const metrics::ReferringFigures& f) {
    std::string text = std::to_string(f.texts) + " | " + figure(f.overallIou, f.texts, "%.4f") + " | " +
                       figure(f.meanIou, f.texts, "%.4f");
    for (const double share : f.precision) {
        text += " | " + figure(share, f.texts, "%.4f");
    }
    return text + " |\n";
}

std::string head(const std::string& before) {
    std::string names = "| " + before + " | texts | oIoU | mIoU", line = "|---|---|---|---";
    for (const char c : before) {
        line += c == '|' ? "|---" : "";
    }
    for (const double at : metrics::kPrecisionAt) {
        names += " | Pr@" + inShort(at);
        line += "|---";
    }
    return names + " |\n" + line + "|\n";
}

}  // namespace

std::string asJson(const ReferReport& r) {
    Json json = {{"model", r.model},      {"data", r.data},          {"split", r.split},
                 {"format", r.format},    {"expressions", r.file},   {"pictures", r.pictures},
                 {"texts", r.texts},      {"seconds", r.seconds},    {"sources", Json::array()},
                 {"rows", Json::array()}, {"answers", Json::array()}};
    for (const ReferReport::Source& one : r.sources) {
        json["sources"].push_back({{"name", one.name},
                                   {"pictures", one.pictures},
                                   {"proposals", one.proposals},
                                   {"pictures_without_proposals", one.emptyPictures},
                                   {"texts_without_proposals", one.emptyTexts},
                                   {"oracle", figuresJson(one.oracle)}});
    }
    for (const ReferReport::Row& row : r.rows) {
        Json one = figuresJson(row.figures);
        one["source"] = row.source;
        one["v"] = row.setting.mixture.v;
        one["r"] = row.setting.mixture.r;
        one["k"] = row.setting.k;
        one["prior"] = row.setting.prior;
        json["rows"].push_back(std::move(one));
    }
    for (const ReferReport::Answer& one : r.answers) {
        json["answers"].push_back({{"image", one.image},
                                   {"expression", one.expression},
                                   {"noun_phrase", one.nounPhrase},
                                   {"read_as", one.readAs},
                                   {"source", one.source},
                                   {"annotation", one.meant},
                                   {"iou", one.iou},
                                   {"best_iou", one.best}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string asMarkdown(const ReferReport& r) {
    std::string text = "# " + inMarkdown(r.model) + " on " + inMarkdown(r.split) + "\n\n" + std::to_string(r.texts) +
                       " expressions (" + inMarkdown(r.format) + ") of " + std::to_string(r.pictures) +
                       " pictures. Oracle: the best of the proposals, always taken. Pictures without a proposal are "
                       "skipped.\n\n" +
                       head("source | proposals a picture | pictures without | texts skipped | oracle:");
    for (const ReferReport::Source& one : r.sources) {
        const double each = one.pictures > 0 ? double(one.proposals) / double(one.pictures) : 0;
        text += "| " + inMarkdown(one.name) + " | " + number(each, "%.1f") + " | " + std::to_string(one.emptyPictures) +
                " | " + std::to_string(one.emptyTexts) + " | | " + cells(one.oracle);
    }
    text += "\n" + head("source | v | r | k | prior");
    for (const ReferReport::Row& row : r.rows) {
        text += "| " + inMarkdown(row.source) + " | " + inShort(row.setting.mixture.v) + " | " +
                inShort(row.setting.mixture.r) + " | " + std::to_string(row.setting.k) + " | " +
                (row.setting.prior ? "on" : "off") + " | " + cells(row.figures);
    }
    return text;
}

std::string asCsv(const ReferReport& r) {
    std::string text = "source,v,r,k,prior,texts,oiou,miou";
    for (const double at : metrics::kPrecisionAt) {
        text += ",precision_" + inShort(at);
    }
    text += "\n";
    const auto line = [&](const std::string& begin, const metrics::ReferringFigures& f) {
        text += begin + "," + std::to_string(f.texts) + "," + figure(f.overallIou, f.texts, "%.6f") + "," +
                figure(f.meanIou, f.texts, "%.6f");
        for (const double share : f.precision) {
            text += ',';
            text += figure(share, f.texts, "%.6f");
        }
        text += "\n";
    };
    for (const ReferReport::Source& one : r.sources) {
        line(csvCell(one.name + " (oracle)") + ",,,,", one.oracle);
    }
    for (const ReferReport::Row& row : r.rows) {
        line(csvCell(row.source) + "," + inShort(row.setting.mixture.v) + "," + inShort(row.setting.mixture.r) + "," +
                 std::to_string(row.setting.k) + "," + (row.setting.prior ? "on" : "off"),
             row.figures);
    }
    return text;
}

}  // namespace maskwright::eval
