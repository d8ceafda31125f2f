// A hub on 127.0.0.1 with one repository, as the Hugging Face hub answers: a listing with hashes, and files that lead
// to another server. A test changes what either does.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/base/git_blob.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "tests/support/http_server.h"

namespace maskwright::test {

inline std::string sha256Of(const std::string& text) {
    Sha256 sum;
    sum.update(std::as_bytes(std::span(text)));
    return sum.finish();
}

inline std::string gitBlobOf(const std::string& text) {
    GitBlob sum(text.size());
    sum.update(std::as_bytes(std::span(text)));
    return sum.finish();
}

class HubServer {
  public:
    // Given a request and what would be answered; changes it.
    using Twist = std::function<void(const HttpAsked&, HttpAnswer&)>;

    explicit HubServer(std::string repository)
        : repository_(std::move(repository)),
          cdn_([this](const HttpAsked& asked) { return file(asked); }),
          hub_([this](const HttpAsked& asked) { return hub(asked); }) {}

    std::map<std::string, std::string> files;  // contents by name; .safetensors and .bin are in large storage
    std::string commit = std::string(40, 'a');
    Twist twistHub, twistCdn;
    bool redirects = true;

    [[nodiscard]] std::string url() const { return hub_.url(); }
    [[nodiscard]] const HttpServer& server() const { return hub_; }
    [[nodiscard]] const HttpServer& cdn() const { return cdn_; }

  private:
    static bool isLarge(const std::string& name) { return name.ends_with(".safetensors") || name.ends_with(".bin"); }

    [[nodiscard]] std::string listing() const {
        Json siblings = Json::array();
        for (const auto& [name, text] : files) {
            Json one = {{"rfilename", name}, {"size", text.size()}, {"blobId", gitBlobOf(text)}};
            if (isLarge(name)) {
                one["blobId"] = gitBlobOf("version https://git-lfs.github.com/spec/v1\n");
                one["lfs"] = {{"sha256", sha256Of(text)}, {"size", text.size()}, {"pointerSize", 134}};
            }
            siblings.push_back(std::move(one));
        }
        return Json{{"id", repository_}, {"sha", commit}, {"private", false}, {"siblings", siblings}}.dump();
    }
    HttpAnswer hub(const HttpAsked& asked) {
        HttpAnswer answer{404, {}, "Entry not found"};
        const std::string resolve = "/" + repository_ + "/resolve/" + commit + "/";
        if (asked.target == "/api/models/" + repository_ + "/revision/main?blobs=true") {
            answer = {200, {{"Content-Type", "application/json"}}, listing()};
        } else if (asked.target.starts_with(resolve)) {
            const std::string name = asked.target.substr(resolve.size());
            if (redirects && isLarge(name)) {
                answer = {302, {{"Location", cdn_.url("/blob/" + name + "?signature=x%2Fy")}}, "moved"};
            } else {
                answer = contents(name, asked);
            }
        }
        if (twistHub) {
            twistHub(asked, answer);
        }
        return answer;
    }
    HttpAnswer file(const HttpAsked& asked) {
        const std::string name = asked.target.substr(6, asked.target.find('?') - 6);
        HttpAnswer answer = contents(name, asked);
        if (twistCdn) {
            twistCdn(asked, answer);
        }
        return answer;
    }
    HttpAnswer contents(const std::string& name, const HttpAsked& asked) {
        const auto found = files.find(name);
        if (found == files.end()) {
            return {404, {}, "no such file"};
        }
        const std::string& text = found->second;
        std::string etag = "\"";
        etag += sha256Of(text) + '"';
        const std::string range = asked.header("range"), condition = asked.header("if-range");
        if (range.starts_with("bytes=") && (condition.empty() || condition == etag)) {
            const std::size_t from = std::stoull(range.substr(6));
            if (from >= text.size()) {
                return {416, {{"Content-Range", "bytes */" + std::to_string(text.size())}}, ""};
            }
            return {206,
                    {{"ETag", etag},
                     {"Content-Range", "bytes " + std::to_string(from) + "-" + std::to_string(text.size() - 1) + "/" +
                                           std::to_string(text.size())}},
                    text.substr(from)};
        }
        return {200, {{"ETag", etag}, {"Accept-Ranges", "bytes"}}, text};
    }

    std::string repository_;
    HttpServer cdn_, hub_;
};

}  // namespace maskwright::test
