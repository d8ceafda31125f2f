// A server on 127.0.0.1 that does as a test wants: answers, lies, dawdles, hangs up.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace maskwright::test {

struct HttpAsked {
    std::string method, target;
    std::map<std::string, std::string> headers;  // by lower-case name

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

struct HttpAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    // How it misbehaves.
    std::size_t cutAfter = SIZE_MAX;             // bytes of the body, then the connection is closed
    std::string claimedLength = {};              // in Content-Length; empty: the body's; "-": none is sent
    std::chrono::milliseconds pauseAfterCut{0};  // before it is closed
    std::chrono::milliseconds pausePer16Kilobytes{0};
};

class HttpServer {
  public:
    using Handler = std::function<HttpAnswer(const HttpAsked&)>;

    explicit HttpServer(Handler handler) : handler_(std::move(handler)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("no server on 127.0.0.1");
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { listen(); });
    }
    HttpServer(const HttpServer&) = delete;
    ~HttpServer() {
        ending_ = true;
        thread_.join();
        ::close(listener_);
    }

    [[nodiscard]] std::string url(const std::string& target = "") const {
        return "http://127.0.0.1:" + std::to_string(port_) + target;
    }
    [[nodiscard]] std::vector<HttpAsked> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    // Those whose target holds `part`.
    [[nodiscard]] std::vector<HttpAsked> askedFor(const std::string& part) const {
        std::vector<HttpAsked> all = asked();
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const HttpAsked& one) { return one.target.find(part) == std::string::npos; }),
                  all.end());
        return all;
    }

  private:
    void listen() {
        std::vector<std::thread> connections;
        while (!ending_) {
            pollfd waiting{listener_, POLLIN, 0};
            if (::poll(&waiting, 1, 20) > 0) {
                const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
                if (connection >= 0) {
                    connections.emplace_back([this, connection] { serve(connection); });
                }
            }
        }
        for (std::thread& one : connections) {
            one.join();
        }
    }
    bool readable(int connection) const {
        while (!ending_) {
            pollfd waiting{connection, POLLIN, 0};
            if (::poll(&waiting, 1, 20) > 0) {
                return true;
            }
        }
        return false;
    }
    void rest(std::chrono::milliseconds time) const {
        const auto end = std::chrono::steady_clock::now() + time;
        while (!ending_ && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    static bool send(int connection, const std::string& text, std::size_t from, std::size_t count) {
        while (count > 0) {
            const ssize_t put = ::send(connection, text.data() + from, count, MSG_NOSIGNAL);
            if (put <= 0) {
                return false;
            }
            from += static_cast<std::size_t>(put);
            count -= static_cast<std::size_t>(put);
        }
        return true;
    }
    // One request a connection.
    void serve(int connection) {
        std::string text;
        char piece[4096];
        while (text.find("\r\n\r\n") == std::string::npos && readable(connection)) {
            const ssize_t got = ::recv(connection, piece, sizeof piece, 0);
            if (got <= 0) {
                break;
            }
            text.append(piece, static_cast<std::size_t>(got));
        }
        if (text.find("\r\n\r\n") != std::string::npos) {
            answer(connection, parsed(text));
        }
        ::shutdown(connection, SHUT_WR);
        ::close(connection);
    }
    void answer(int connection, const HttpAsked& asked) {
        HttpAnswer made;
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(asked);
            made = handler_(asked);
        }
        std::string head = "HTTP/1.1 " + std::to_string(made.status) + " Something\r\nConnection: close\r\n";
        for (const auto& [name, value] : made.headers) {
            head += name + ": " + value + "\r\n";
        }
        if (made.claimedLength != "-") {
            head += "Content-Length: " +
                    (made.claimedLength.empty() ? std::to_string(made.body.size()) : made.claimedLength) + "\r\n";
        }
        head += "\r\n";
        bool open = send(connection, head, 0, head.size());
        const std::size_t end = std::min(made.cutAfter, made.body.size());
        for (std::size_t at = 0; open && !ending_ && at < end; at += 16384) {
            open = send(connection, made.body, at, std::min<std::size_t>(16384, end - at));
            rest(made.pausePer16Kilobytes);
        }
        rest(made.pauseAfterCut);
    }
    static HttpAsked parsed(const std::string& text) {
        HttpAsked asked;
        const std::size_t space = text.find(' '), second = text.find(' ', space + 1);
        asked.method = text.substr(0, space);
        asked.target = text.substr(space + 1, second - space - 1);
        std::size_t at = text.find("\r\n") + 2;
        for (std::size_t end = text.find("\r\n", at); end != std::string::npos && end > at;
             at = end + 2, end = text.find("\r\n", at)) {
            const std::string line = text.substr(at, end - at);
            const std::size_t colon = line.find(':');
            std::string name = line.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            const std::size_t value = line.find_first_not_of(' ', colon + 1);
            asked.headers[name] = value == std::string::npos ? std::string() : line.substr(value);
        }
        return asked;
    }

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> ending_{false};
    mutable std::mutex mutex_;
    std::vector<HttpAsked> asked_;
    std::thread thread_;
};

}  // namespace maskwright::test
