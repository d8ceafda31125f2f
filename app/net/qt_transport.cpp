#include "app/net/qt_transport.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>
#include <array>
#include <mutex>

namespace maskwright::net {

namespace {

constexpr int kStopPoll = 100;               // milliseconds between looks at the stop token
constexpr qint64 kReadBuffer = 4 * 1048576;  // bytes that wait for a slow disk; then the sender waits

class SystemProxy final : public QNetworkProxyFactory {
  public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override { return systemProxyForQuery(query); }
};

void needApplication() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (QCoreApplication::instance() == nullptr) {
            static int count = 1;
            static char name[] = "maskwright";
            static char* values[] = {name, nullptr};
            new QCoreApplication(count, values);  // for as long as the process lives
        }
    });
}

store::HttpHead headOf(const QNetworkReply& reply) {
    store::HttpHead head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto& [name, value] : reply.rawHeaderPairs()) {
        head.headers[name.toLower().toStdString()] = value.trimmed().toStdString();
    }
    return head;
}

Message reasonOf(const QNetworkReply& reply) {
    switch (reply.error()) {
        case QNetworkReply::HostNotFoundError:
            return "there is no such host, or no network";
        case QNetworkReply::ConnectionRefusedError:
            return "it refuses the connection";
        case QNetworkReply::RemoteHostClosedError:
            return "the other side closed the connection";
        case QNetworkReply::OperationCanceledError:
        case QNetworkReply::TimeoutError:
            return "nothing came for too long";
        case QNetworkReply::SslHandshakeFailedError:
            return "the connection cannot be encrypted, or its certificate is not trusted";
        case QNetworkReply::ProxyConnectionRefusedError:
        case QNetworkReply::ProxyConnectionClosedError:
        case QNetworkReply::ProxyNotFoundError:
        case QNetworkReply::ProxyTimeoutError:
        case QNetworkReply::ProxyAuthenticationRequiredError:
            return message("the proxy does not let it through: %1", reply.errorString().toStdString());
        default:
            return verbatim(reply.errorString().toStdString());
    }
}

// One exchange, from the request to its end.
class Exchange {
  public:
    Exchange(const store::HttpSink& sink, const std::stop_token& stop, std::chrono::milliseconds patience)
        : sink_(sink), stop_(stop) {
        manager_.setProxyFactory(new SystemProxy);  // the manager's from here on
        manager_.setAutoDeleteReplies(false);
        quiet_.setSingleShot(true);
        quiet_.setInterval(patience);
        poll_.setInterval(kStopPoll);
    }

    store::HttpOutcome run(const QNetworkRequest& request) {
        std::unique_ptr<QNetworkReply> reply(manager_.get(request));
        reply->setReadBufferSize(kReadBuffer);
        QObject::connect(reply.get(), &QNetworkReply::metaDataChanged, reply.get(), [&] { head(*reply); });
        QObject::connect(reply.get(), &QIODevice::readyRead, reply.get(), [&] { take(*reply); });
        QObject::connect(reply.get(), &QNetworkReply::finished, reply.get(), [&] { loop_.quit(); });
        QObject::connect(reply.get(), &QNetworkReply::sslErrors, reply.get(), [&](const QList<QSslError>& errors) {
            outcome_.hopeless = true;
            untrusted_ = errors.isEmpty() ? std::string() : errors.front().errorString().toStdString();
        });
        QObject::connect(&quiet_, &QTimer::timeout, reply.get(), [&] { end(*reply, "nothing came for too long"); });
        QObject::connect(&poll_, &QTimer::timeout, reply.get(), [&] {
            if (stop_.stop_requested()) {
                end(*reply, "it was stopped");
            }
        });
        quiet_.start();
        poll_.start();
        if (!reply->isFinished()) {
            loop_.exec();
        }
        quiet_.stop();
        poll_.stop();
        if (!ended_) {
            head(*reply);
            take(*reply);
            finish(*reply);
        }
        reply->disconnect();
        reply->abort();
        return std::move(outcome_);
    }

  private:
    void head(QNetworkReply& reply) {
        if (ended_ || outcome_.head.status != 0) {
            return;
        }
        outcome_.head = headOf(reply);
        if (outcome_.head.status != 0) {
            quiet_.start();
            if (!sink_.head(outcome_.head)) {
                end(reply, {});
            }
        }
    }
    void take(QNetworkReply& reply) {
        head(reply);
        if (ended_ || outcome_.head.status == 0) {
            return;
        }
        std::array<char, 65536> piece{};
        for (qint64 got = 0; !ended_ && (got = reply.read(piece.data(), piece.size())) > 0;) {
            quiet_.start();
            received_ += got;
            if (!sink_.body(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(got))))) {
                end(reply, {});
            }
        }
    }
    // The answer came to its end by itself. A status of 400 and above is an "error" to Qt, but a whole answer.
    void finish(QNetworkReply& reply) {
        const QNetworkReply::NetworkError error = reply.error();
        const int status = outcome_.head.status;
        if (!untrusted_.empty()) {
            outcome_.broken = message("its certificate is not trusted: %1", untrusted_);
        } else if (status == 0) {
            outcome_.broken = error == QNetworkReply::NoError ? Message("no answer came") : reasonOf(reply);
        } else if (status < 400 && error != QNetworkReply::NoError) {
            outcome_.broken = reasonOf(reply);
        } else if (const std::string length = outcome_.head.header("content-length");
                   status < 300 && !length.empty() && std::to_string(received_) != length) {
            outcome_.broken = "the other side closed the connection";
        }
    }
    void end(QNetworkReply& reply, Message broken) {
        ended_ = true;
        outcome_.broken = std::move(broken);
        loop_.quit();
        Q_UNUSED(reply)
    }

    const store::HttpSink& sink_;
    const std::stop_token& stop_;
    QNetworkAccessManager manager_;
    QEventLoop loop_;
    QTimer quiet_, poll_;
    store::HttpOutcome outcome_;
    std::string untrusted_;
    qint64 received_ = 0;
    bool ended_ = false;
};

}  // namespace

store::HttpOutcome QtTransport::get(const store::HttpRequest& request, const store::HttpSink& sink,
                                    const std::stop_token& stop) {
    needApplication();
    const QUrl url(QString::fromStdString(request.url), QUrl::StrictMode);
    if (url.scheme() == QLatin1String("https") && !QSslSocket::supportsSsl()) {
        return {{}, "this Qt cannot encrypt: its TLS plugin is missing", true};
    }
    QNetworkRequest asked(url);
    asked.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    asked.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    asked.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    asked.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    asked.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    for (const auto& [name, value] : request.headers) {
        asked.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    return Exchange(sink, stop, patience_).run(asked);
}

}  // namespace maskwright::net
